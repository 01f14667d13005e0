import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSession } from "@/lib/auth/session";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { hear } from "@/lib/mail/hear";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";
import { tidy } from "@/lib/workers/cleanup";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

/** A session whose two moments lie so many hours back; negative: ahead. */
async function session(accountId: string, { seen, ends }: { seen: number; ends: number }): Promise<string> {
  const id = await openSession(accountId, "tidy");
  await db().$executeRaw`
    UPDATE session SET seen_at = clock_timestamp() - make_interval(hours => ${seen}::int),
           ends_at = clock_timestamp() - make_interval(hours => ${ends}::int) WHERE id = ${id}::uuid`;
  return id;
}

test("a session that ended is forgotten after 30 days, whichever of its two ends came first", async () => {
  const { accountId, sessionId } = await makeAccount(someone("lea"), "Lea");
  const DAYS = 24;
  const forgotten = [
    await session(accountId, { seen: 31 * DAYS, ends: 31 * DAYS }),
    // It went on until its seven days were over.
    await session(accountId, { seen: 30 * DAYS, ends: 30 * DAYS + 1 }),
    // Eight hours unseen ended it, long before its seven days were over.
    await session(accountId, { seen: 30 * DAYS + 9, ends: 24 * DAYS }),
  ];
  const kept = [
    sessionId,
    await session(accountId, { seen: 30 * DAYS + 7, ends: 24 * DAYS }),
    await session(accountId, { seen: 30 * DAYS, ends: 30 * DAYS - 1 }),
    await session(accountId, { seen: 7, ends: -1 }),
  ];
  await tidy({}, AbortSignal.abort());
  expect(await db().session.count({ where: { accountId } })).toBe(forgotten.length + kept.length);
  await tidy();
  const left = await db().session.findMany({ where: { accountId }, select: { id: true } });
  expect(left.map(({ id }) => id).sort()).toEqual([...kept].sort());
});

test("two thousand and more go at once, also when two processes tidy", async () => {
  const { accountId, sessionId } = await makeAccount(someone("lea"), "Lea");
  await db().$executeRaw`
    INSERT INTO session (id, account_id, seen_at, ends_at)
    SELECT gen_random_uuid(), ${accountId}::uuid, moment, moment
    FROM generate_series(1, 2500), (SELECT clock_timestamp() - interval '31 days' AS moment) long_ago`;
  await Promise.all([tidy(), tidy()]);
  await tidy();
  const left = await db().session.findMany({ where: { accountId }, select: { id: true } });
  expect(left).toEqual([{ id: sessionId }]);
});

test("what a provider told of no letter is forgotten after 30 days; what it told of a letter stays", async () => {
  const org = await createTestOrganization();
  const { invitation } = await org.invite();
  const { emailMessageId } = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
  const event = () => ({ id: randomUUID(), type: "delivered" as const, at: new Date() });
  const [stray, young, ours] = [event(), event(), event()];
  await hear(stray, null);
  await hear(young, null);
  await hear(ours, emailMessageId);
  const age = (id: string, hours: number) => db().$executeRaw`
    UPDATE delivery_event SET received_at = clock_timestamp() - make_interval(hours => ${hours}::int) WHERE id = ${id}`;
  await age(stray.id, 30 * 24 + 1);
  await age(young.id, 30 * 24 - 1);
  await age(ours.id, 365 * 24);
  await tidy();
  const left = await db().deliveryEvent.findMany({
    where: { id: { in: [stray.id, young.id, ours.id] } },
    select: { id: true },
  });
  expect(left.map(({ id }) => id).sort()).toEqual([young.id, ours.id].sort());
});
