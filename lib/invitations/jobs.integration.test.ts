import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findTimeline } from "@/lib/activity/queries";
import { closeDatabase, db, pool, transaction } from "@/lib/db/client";
import { decline } from "@/lib/invitations/commands/decline";
import { invite } from "@/lib/invitations/commands/invite";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { dueQuery, remind } from "@/lib/invitations/jobs";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { work } from "@/lib/mail/fixture";
import { record } from "@/lib/mail/record";
import type { LetterState } from "@/lib/mail/states";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";
import { seatCrowd } from "@/scripts/crowd";
import { ownDatabase } from "@/scripts/own-database";

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

let own: Awaited<ReturnType<typeof ownDatabase>>;
beforeAll(async () => {
  own = await ownDatabase();
  await prepareQueue();
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
  await own.drop();
});
// Everybody is somebody's: what one test leaves must not be due in the next.
beforeEach(async () => void (await db().$executeRaw`UPDATE invitation SET reminded_at = now()`));

const lettersOf = (invitation: string) =>
  db().emailMessage.findMany({ where: { invitationId: invitation }, orderBy: { createdAt: "asc" } });
const remindersOf = async (invitation: string) =>
  (await lettersOf(invitation)).filter(({ kind }) => kind === "reminder");
const rowOf = (invitation: string) => db().invitation.findUniqueOrThrow({ where: { id: invitation } });

/** What delivery, or the provider's webhook, says of the latest letter. */
async function becomes(invitation: string, state: LetterState): Promise<void> {
  const { emailMessageId } = await rowOf(invitation);
  await transaction((tx) => record(tx, [{ id: emailMessageId ?? "", state }]));
}

/** So many hours pass for an invitation, and its letters of long ago are not today's. */
async function pass(invitation: string, hours: number): Promise<void> {
  await db().$executeRaw`
    UPDATE invitation SET issued_at = issued_at - make_interval(hours => ${hours}::int),
           expires_at = expires_at - make_interval(hours => ${hours}::int) WHERE id = ${invitation}::uuid`;
  await db().$executeRaw`
    UPDATE email_message SET created_at = created_at - make_interval(hours => ${hours}::int)
    WHERE invitation_id = ${invitation}::uuid`;
}

/** Somebody whose invitation was sent five days ago, and expires in a little less than 48 hours. */
async function due(org: TestOrganization, email = someone("lea")): Promise<string> {
  const { invitation } = await org.invite(email);
  await becomes(invitation, "sent");
  await pass(invitation, 5 * 24 + 1);
  return invitation;
}

describe("C12 reminders", () => {
  test("C12 a reminder goes out 48 hours before expiry, not earlier, and says until when", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await org.invite();
    await becomes(invitation, "sent");
    await pass(invitation, 5 * 24 - 1);
    await remind();
    expect(await remindersOf(invitation)).toEqual([]);
    await pass(invitation, 2);
    await remind();
    const [letter] = await remindersOf(invitation);
    await work(letter?.batchId ?? "");
    const sent = await db().emailMessage.findUniqueOrThrow({ where: { id: letter?.id ?? "" } });
    expect(sent).toMatchObject({ toAddress: email, state: "kept" });
    expect(sent.payload).toMatchObject({ subject: "Reminder: ana invited you to join Northwind" });
    expect(await rowOf(invitation)).toMatchObject({ emailMessageId: sent.id, delivery: "kept" });
  });

  test("C12 once for each sending, and not counted as a resend; the timeline tells it", async () => {
    const org = await createTestOrganization();
    const invitation = await due(org);
    await remind();
    await becomes(invitation, "sent");
    await remind();
    expect(await remindersOf(invitation)).toHaveLength(1);
    expect(await rowOf(invitation)).toMatchObject({ resendCount: 0 });
    const { memberId } = await rowOf(invitation);
    const entries = await findTimeline(org.owner, memberId);
    expect(entries?.map(({ type, actorName }) => [type, actorName])).toContainEqual(["reminded", null]);

    expect(await resend(org.owner, { invitation })).toMatchObject({ ok: true });
    await becomes(invitation, "sent");
    await remind();
    expect(await remindersOf(invitation)).toHaveLength(1);
    await pass(invitation, 6 * 24);
    await remind();
    expect(await remindersOf(invitation)).toHaveLength(2);
    expect(await rowOf(invitation)).toMatchObject({ resendCount: 1 });
  });

  test("C12 a process that is to end reminds no more, and the next one does", async () => {
    const org = await createTestOrganization();
    const invitation = await due(org);
    await remind({}, AbortSignal.abort());
    expect(await remindersOf(invitation)).toEqual([]);
    await remind();
    expect(await remindersOf(invitation)).toHaveLength(1);
  });

  test("C12 many processes at once remind each of 250 people once", async () => {
    const org = await createTestOrganization();
    const invitations: string[] = [];
    for (let list = 0; list < 3; list++) {
      const addresses = Array.from({ length: list === 2 ? 50 : 100 }, () => someone("lea"));
      const outcome = await invite(org.owner, { addresses, role: "member", policies: [] });
      invitations.push(
        ...(outcome.ok ? outcome.value : []).flatMap(({ invitationId }) => invitationId ?? []),
      );
    }
    await db().$executeRaw`
      UPDATE invitation SET delivery = 'sent', issued_at = issued_at - interval '6 days', expires_at = expires_at - interval '6 days'
      WHERE organization_id = ${org.id}::uuid`;
    await Promise.all([remind(), remind(), remind(), remind(), remind(), remind()]);
    const letters = await db().emailMessage.findMany({
      where: { organizationId: org.id, kind: "reminder" },
    });
    expect(letters).toHaveLength(250);
    expect(new Set(letters.map(({ invitationId }) => invitationId))).toEqual(new Set(invitations));
    expect(new Set(letters.map(({ batchId }) => batchId)).size).toBe(3);
    expect(await db().activity.count({ where: { organizationId: org.id, type: "reminded" } })).toBe(250);
  });

  test("C12 none when the whole term is under three days, one when it is three", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 2 } });
    const short = await org.invite();
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 3 } });
    const enough = await org.invite();
    for (const { invitation } of [short, enough]) {
      await becomes(invitation, "sent");
      await pass(invitation, 25);
    }
    await remind();
    expect(await remindersOf(short.invitation)).toEqual([]);
    expect(await remindersOf(enough.invitation)).toHaveLength(1);
  });

  test("C12 an organization can switch reminders off, and nobody is reminded in the demo", async () => {
    for (const setting of [{ reminders: false }, { demo: true }]) {
      const org = await createTestOrganization();
      const invitation = await due(org);
      await db().organization.update({ where: { id: org.id }, data: setting });
      await remind();
      expect(await remindersOf(invitation)).toEqual([]);
      await db().organization.update({ where: { id: org.id }, data: { reminders: true, demo: false } });
      await remind();
      expect(await remindersOf(invitation)).toHaveLength(1);
    }
  });

  test("G1 nobody is reminded at a domain that is refused since, or not among the allowed; once it is welcome again they are", async () => {
    const rules = [{ refusedDomains: ["people.test"] }, { allowedDomains: ["elsewhere.test"] }];
    for (const rule of rules) {
      const org = await createTestOrganization();
      const invitation = await due(org);
      const set = (data: { refusedDomains?: string[]; allowedDomains?: string[] }) =>
        db().organization.update({ where: { id: org.id }, data });
      await set(rule);
      await remind();
      expect(await remindersOf(invitation)).toEqual([]);
      await set({ refusedDomains: ["elsewhere.test"], allowedDomains: ["people.test"] });
      await remind();
      expect(await remindersOf(invitation)).toHaveLength(1);
    }
  });

  test("C12 nobody is reminded who has answered, whose invitation ended, or whose letter bounced or still waits", async () => {
    const org = await createTestOrganization();
    const [declined, revoked, expired] = [await org.invite(), await due(org), await due(org)];
    await becomes(declined.invitation, "sent");
    await pass(declined.invitation, 6 * 24);
    await decline("10.9.0.1", null, { code: declined.code });
    await revoke(org.owner, { invitation: revoked });
    await expire(expired);
    const unheard = await Promise.all(
      (["bounced", "complained"] as const).map(async (state) => {
        const { invitation } = await org.invite();
        await becomes(invitation, state);
        await pass(invitation, 6 * 24);
        return invitation;
      }),
    );
    const stopped = await due(org);
    await db().member.updateMany({
      where: { invitationId: stopped },
      data: { emailSuppression: "complained" },
    });
    const waiting = await org.invite();
    await pass(waiting.invitation, 6 * 24);
    await remind();
    for (const invitation of [declined.invitation, revoked, expired, ...unheard, stopped, waiting.invitation])
      expect(await remindersOf(invitation)).toEqual([]);
    // Send new makes an invitation of its own, with a term of its own.
    const renewed = await renew(org.owner, { invitation: expired });
    const fresh = renewed.ok ? renewed.value.invitationId : "";
    await becomes(fresh, "sent");
    await pass(fresh, 6 * 24);
    await remind();
    expect(await remindersOf(fresh)).toHaveLength(1);
  });

  test("C12 a removed inviter's people are reminded too", async () => {
    const org = await createTestOrganization();
    const bo = await org.seat("bo", "admin");
    const { invitation } = await org.invite(undefined, "member", bo);
    await becomes(invitation, "sent");
    await pass(invitation, 6 * 24);
    await db().member.update({ where: { id: bo.memberId }, data: { status: "removed" } });
    await remind();
    expect(await remindersOf(invitation)).toHaveLength(1);
  });

  test("C12 a reminder is one of the five letters that an address gets a day, over all organizations", async () => {
    const email = someone("lea");
    const [here, there] = [
      await due(await createTestOrganization(), email),
      await due(await createTestOrganization(), email),
    ];
    await db().emailBatch.create({
      data: {
        id: crypto.randomUUID(),
        emails: {
          create: Array.from({ length: 4 }, (_, position) => ({
            id: crypto.randomUUID(),
            position,
            kind: "test",
            toAddress: email,
          })),
        },
      },
    });
    await remind();
    expect([...(await remindersOf(here)), ...(await remindersOf(there))]).toHaveLength(1);
    await db().$executeRaw`
      UPDATE email_message SET created_at = created_at - interval '1 day' WHERE to_address = ${email}`;
    await remind();
    expect(await remindersOf(here)).toHaveLength(1);
    expect(await remindersOf(there)).toHaveLength(1);
  });

  test("C6 a reminder that is owed is not sent once the invitation is revoked, is again after an undo, and not after a resend", async () => {
    const org = await createTestOrganization();
    const invitation = await due(org);
    await remind();
    await revoke(org.owner, { invitation });
    const [first] = await remindersOf(invitation);
    await work(first?.batchId ?? "");
    expect(await remindersOf(invitation)).toMatchObject([{ state: "cancelled" }]);
    expect(await undoRevoke(org.owner, { invitation })).toMatchObject({ ok: true });
    expect(await remindersOf(invitation)).toMatchObject([{ state: "cancelled" }, { state: "queued" }]);

    await resend(org.owner, { invitation });
    const [, second] = await remindersOf(invitation);
    await work(second?.batchId ?? "");
    expect((await remindersOf(invitation))[1]).toMatchObject({
      state: "cancelled",
      detail: "the invitation was sent again first",
    });
  });

  test("C12 who is due is found by the index, also among many others", async () => {
    const org = await createTestOrganization();
    await seatCrowd(org.id, [org.owner.memberId], { count: 5_000 });
    await pool().query("VACUUM (ANALYZE) invitation");
    const { strings, values } = dueQuery();
    const { rows } = await pool().query<{ "QUERY PLAN": string }>(
      `EXPLAIN ${strings.reduce((all, part, at) => `${all}$${at}${part}`)}`,
      values,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toMatch(
      /invitation_to_remind.*\n *Index Cond: .*organization_id = .*expires_at > .*expires_at <= /,
    );
    expect(plan).not.toContain("Seq Scan on invitation");
  });
});
