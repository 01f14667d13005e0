import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { applyDeliveryEvent } from "@/lib/mail/apply-delivery-event";
import { runCleanup } from "@/lib/workers/cleanup";
import { createTestAccount, createTestOrganization, uniqueEmail } from "@/test/factories";

/** Creates a session that was last seen and ended this many hours ago; negative values are in the future. */
async function createSessionEnded(
  accountId: string,
  { seen, ends }: { seen: number; ends: number },
): Promise<string> {
  const id = await createSession(accountId, "cleanup");
  await db().$executeRaw`
    UPDATE session SET seen_at = clock_timestamp() - make_interval(hours => ${seen}::int),
           ends_at = clock_timestamp() - make_interval(hours => ${ends}::int) WHERE id = ${id}::uuid`;
  return id;
}

test("a session is deleted 30 days after it expired, by inactivity or by its absolute limit", async () => {
  const { accountId, sessionId } = await createTestAccount(uniqueEmail("lea"), "Lea");
  const DAYS = 24;
  const expired = [
    await createSessionEnded(accountId, { seen: 31 * DAYS, ends: 31 * DAYS }),
    // Expired by its absolute limit of seven days.
    await createSessionEnded(accountId, { seen: 30 * DAYS, ends: 30 * DAYS + 1 }),
    // Expired by eight hours of inactivity, long before its absolute limit.
    await createSessionEnded(accountId, { seen: 30 * DAYS + 9, ends: 24 * DAYS }),
  ];
  const kept = [
    sessionId,
    await createSessionEnded(accountId, { seen: 30 * DAYS + 7, ends: 24 * DAYS }),
    await createSessionEnded(accountId, { seen: 30 * DAYS, ends: 30 * DAYS - 1 }),
    await createSessionEnded(accountId, { seen: 7, ends: -1 }),
  ];
  await runCleanup({}, AbortSignal.abort());
  expect(await db().session.count({ where: { accountId } })).toBe(expired.length + kept.length);
  await runCleanup();
  const left = await db().session.findMany({ where: { accountId }, select: { id: true } });
  expect(left.map(({ id }) => id).sort()).toEqual([...kept].sort());
});

test("more than 2,000 sessions are deleted, even by two concurrent processes", async () => {
  const { accountId, sessionId } = await createTestAccount(uniqueEmail("lea"), "Lea");
  await db().$executeRaw`
    INSERT INTO session (id, account_id, seen_at, ends_at)
    SELECT gen_random_uuid(), ${accountId}::uuid, ended, ended
    FROM generate_series(1, 2500), (SELECT clock_timestamp() - interval '31 days' AS ended) past`;
  await Promise.all([runCleanup(), runCleanup()]);
  await runCleanup();
  const left = await db().session.findMany({ where: { accountId }, select: { id: true } });
  expect(left).toEqual([{ id: sessionId }]);
});

test("an event about an unknown email is deleted after 30 days; an event about an email is kept", async () => {
  const org = await createTestOrganization();
  const { invitation } = await org.invite();
  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
  const event = () => ({ id: randomUUID(), type: "delivered" as const, at: new Date() });
  const [old, recent, matched] = [event(), event(), event()];
  await applyDeliveryEvent(old, null);
  await applyDeliveryEvent(recent, null);
  await applyDeliveryEvent(matched, emailMessageId);
  const age = (id: string, hours: number) => db().$executeRaw`
    UPDATE delivery_event SET received_at = clock_timestamp() - make_interval(hours => ${hours}::int) WHERE id = ${id}`;
  await age(old.id, 30 * 24 + 1);
  await age(recent.id, 30 * 24 - 1);
  await age(matched.id, 365 * 24);
  await runCleanup();
  const left = await db().deliveryEvent.findMany({
    where: { id: { in: [old.id, recent.id, matched.id] } },
    select: { id: true },
  });
  expect(left.map(({ id }) => id).sort()).toEqual([recent.id, matched.id].sort());
});
