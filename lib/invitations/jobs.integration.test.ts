import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { findTimeline } from "@/lib/activity/queries";
import { connectionPool, db, transaction } from "@/lib/db/client";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { dueRemindersQuery, remindInvitees } from "@/lib/invitations/jobs";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import { runSendJob } from "@/lib/mail/fixture";
import { updateDeliveryStatus } from "@/lib/mail/update-delivery-status";
import { seedPeople } from "@/scripts/seed-people";
import {
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

beforeAll(createIsolatedDatabase);
// The job reminds all organizations: invitations of one test must not be due in the next.
beforeEach(async () => void (await db().$executeRaw`UPDATE invitation SET reminded_at = now()`));

const emailsOf = (invitation: string) =>
  db().emailMessage.findMany({ where: { invitationId: invitation }, orderBy: { createdAt: "asc" } });
const remindersOf = async (invitation: string) =>
  (await emailsOf(invitation)).filter(({ kind }) => kind === "reminder");
const rowOf = (invitation: string) => db().invitation.findUniqueOrThrow({ where: { id: invitation } });

/** Sets the delivery status of the latest email, as sending or a webhook does. */
async function setDeliveryStatus(invitation: string, state: DeliveryStatus): Promise<void> {
  const { emailMessageId } = await rowOf(invitation);
  await transaction((tx) => updateDeliveryStatus(tx, [{ id: emailMessageId ?? "", state }]));
}

/** Moves an invitation and its emails back in time. */
async function passHours(invitation: string, hours: number): Promise<void> {
  await db().$executeRaw`
    UPDATE invitation SET issued_at = issued_at - make_interval(hours => ${hours}::int),
           expires_at = expires_at - make_interval(hours => ${hours}::int) WHERE id = ${invitation}::uuid`;
  await db().$executeRaw`
    UPDATE email_message SET created_at = created_at - make_interval(hours => ${hours}::int)
    WHERE invitation_id = ${invitation}::uuid`;
}

/** Creates an invitation that was sent five days ago and expires in a little less than 48 hours. */
async function createDueInvitation(org: TestOrganization, email = uniqueEmail("lea")): Promise<string> {
  const { invitation } = await org.invite(email);
  await setDeliveryStatus(invitation, "sent");
  await passHours(invitation, 5 * 24 + 1);
  return invitation;
}

describe("C12 reminders", () => {
  test("C12 a reminder is sent 48 hours before expiry, not earlier", async () => {
    const org = await createTestOrganization();
    const { invitation, email } = await org.invite();
    await setDeliveryStatus(invitation, "sent");
    await passHours(invitation, 5 * 24 - 1);
    await remindInvitees();
    expect(await remindersOf(invitation)).toEqual([]);
    await passHours(invitation, 2);
    await remindInvitees();
    const [reminder] = await remindersOf(invitation);
    await runSendJob(reminder?.batchId ?? "");
    const sent = await db().emailMessage.findUniqueOrThrow({ where: { id: reminder?.id ?? "" } });
    expect(sent).toMatchObject({ toAddress: email, state: "kept" });
    expect(sent.payload).toMatchObject({ subject: "Your invitation to join Northwind expires in 2 days" });
    expect(await rowOf(invitation)).toMatchObject({ emailMessageId: sent.id, delivery: "kept" });
  });

  test("C12 there is one per sending, it is logged, and it does not count as a resend", async () => {
    const org = await createTestOrganization();
    const invitation = await createDueInvitation(org);
    await remindInvitees();
    await setDeliveryStatus(invitation, "sent");
    await remindInvitees();
    expect(await remindersOf(invitation)).toHaveLength(1);
    expect(await rowOf(invitation)).toMatchObject({ resendCount: 0 });
    const { memberId } = await rowOf(invitation);
    const entries = await findTimeline(org.owner, memberId);
    expect(entries?.map(({ type, actorName }) => [type, actorName])).toContainEqual(["reminded", null]);

    expect(await resendInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    await setDeliveryStatus(invitation, "sent");
    await remindInvitees();
    expect(await remindersOf(invitation)).toHaveLength(1);
    await passHours(invitation, 6 * 24);
    await remindInvitees();
    expect(await remindersOf(invitation)).toHaveLength(2);
    expect(await rowOf(invitation)).toMatchObject({ resendCount: 1 });
  });

  test("C12 a stopping process sends no reminders, and the next one does", async () => {
    const org = await createTestOrganization();
    const invitation = await createDueInvitation(org);
    await remindInvitees({}, AbortSignal.abort());
    expect(await remindersOf(invitation)).toEqual([]);
    await remindInvitees();
    expect(await remindersOf(invitation)).toHaveLength(1);
  });

  test("C12 concurrent processes remind each of 250 people once", async () => {
    const org = await createTestOrganization();
    const invitations: string[] = [];
    for (let list = 0; list < 3; list++) {
      const addresses = Array.from({ length: list === 2 ? 50 : 100 }, () => uniqueEmail("lea"));
      const result = await inviteMembers(org.owner, { addresses, role: "member", policies: [] });
      invitations.push(...(result.ok ? result.value : []).flatMap(({ invitationId }) => invitationId ?? []));
    }
    await db().$executeRaw`
      UPDATE invitation SET delivery = 'sent', issued_at = issued_at - interval '6 days',
             expires_at = expires_at - interval '6 days'
      WHERE organization_id = ${org.id}::uuid`;
    await Promise.all([
      remindInvitees(),
      remindInvitees(),
      remindInvitees(),
      remindInvitees(),
      remindInvitees(),
      remindInvitees(),
    ]);
    const emails = await db().emailMessage.findMany({
      where: { organizationId: org.id, kind: "reminder" },
    });
    expect(emails).toHaveLength(250);
    expect(new Set(emails.map(({ invitationId }) => invitationId))).toEqual(new Set(invitations));
    expect(new Set(emails.map(({ batchId }) => batchId)).size).toBe(3);
    expect(await db().activity.count({ where: { organizationId: org.id, type: "reminded" } })).toBe(250);
  });

  test("C12 there is none for an expiry of under three days, and one for three days", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 2 } });
    const short = await org.invite();
    await db().organization.update({ where: { id: org.id }, data: { expiryDays: 3 } });
    const longEnough = await org.invite();
    for (const { invitation } of [short, longEnough]) {
      await setDeliveryStatus(invitation, "sent");
      await passHours(invitation, 25);
    }
    await remindInvitees();
    expect(await remindersOf(short.invitation)).toEqual([]);
    expect(await remindersOf(longEnough.invitation)).toHaveLength(1);
  });

  test("C12 an organization can turn reminders off, and the demo sends none", async () => {
    for (const setting of [{ reminders: false }, { demo: true }]) {
      const org = await createTestOrganization();
      const invitation = await createDueInvitation(org);
      await db().organization.update({ where: { id: org.id }, data: setting });
      await remindInvitees();
      expect(await remindersOf(invitation)).toEqual([]);
      await db().organization.update({ where: { id: org.id }, data: { reminders: true, demo: false } });
      await remindInvitees();
      expect(await remindersOf(invitation)).toHaveLength(1);
    }
  });

  test("G1 domains that have been refused or are not allowed get no reminder, until they are allowed again", async () => {
    const rules = [{ refusedDomains: ["people.test"] }, { allowedDomains: ["elsewhere.test"] }];
    for (const rule of rules) {
      const org = await createTestOrganization();
      const invitation = await createDueInvitation(org);
      const updateSettings = (data: { refusedDomains?: string[]; allowedDomains?: string[] }) =>
        db().organization.update({ where: { id: org.id }, data });
      await updateSettings(rule);
      await remindInvitees();
      expect(await remindersOf(invitation)).toEqual([]);
      await updateSettings({ refusedDomains: ["elsewhere.test"], allowedDomains: ["people.test"] });
      await remindInvitees();
      expect(await remindersOf(invitation)).toHaveLength(1);
    }
  });

  test("C12 closed and expired invitations, bounced emails and queued emails get no reminder", async () => {
    const org = await createTestOrganization();
    const [declined, revoked, expired] = [
      await org.invite(),
      await createDueInvitation(org),
      await createDueInvitation(org),
    ];
    await setDeliveryStatus(declined.invitation, "sent");
    await passHours(declined.invitation, 6 * 24);
    await declineInvitation("10.9.0.1", null, { code: declined.code });
    await revokeInvitation(org.owner, { invitation: revoked });
    await expireInvitation(expired);
    const undeliverable = await Promise.all(
      (["bounced", "complained"] as const).map(async (state) => {
        const { invitation } = await org.invite();
        await setDeliveryStatus(invitation, state);
        await passHours(invitation, 6 * 24);
        return invitation;
      }),
    );
    const suppressed = await createDueInvitation(org);
    await db().member.updateMany({
      where: { invitationId: suppressed },
      data: { emailSuppression: "complained" },
    });
    const queued = await org.invite();
    await passHours(queued.invitation, 6 * 24);
    await remindInvitees();
    for (const invitation of [
      declined.invitation,
      revoked,
      expired,
      ...undeliverable,
      suppressed,
      queued.invitation,
    ])
      expect(await remindersOf(invitation)).toEqual([]);
    // A renewed invitation has its own expiry and its own reminder.
    const renewed = await renewInvitation(org.owner, { invitation: expired });
    const fresh = renewed.ok ? renewed.value.invitationId : "";
    await setDeliveryStatus(fresh, "sent");
    await passHours(fresh, 6 * 24);
    await remindInvitees();
    expect(await remindersOf(fresh)).toHaveLength(1);
  });

  test("C12 invitees of a removed inviter are reminded", async () => {
    const org = await createTestOrganization();
    const bo = await org.addMember("bo", "admin");
    const { invitation } = await org.invite(undefined, "member", bo);
    await setDeliveryStatus(invitation, "sent");
    await passHours(invitation, 6 * 24);
    await db().member.update({ where: { id: bo.memberId }, data: { status: "removed" } });
    await remindInvitees();
    expect(await remindersOf(invitation)).toHaveLength(1);
  });

  test("C12 a reminder counts towards the five emails that an address gets a day over all organizations", async () => {
    const email = uniqueEmail("lea");
    const [here, there] = [
      await createDueInvitation(await createTestOrganization(), email),
      await createDueInvitation(await createTestOrganization(), email),
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
    await remindInvitees();
    expect([...(await remindersOf(here)), ...(await remindersOf(there))]).toHaveLength(1);
    await db().$executeRaw`
      UPDATE email_message SET created_at = created_at - interval '1 day' WHERE to_address = ${email}`;
    await remindInvitees();
    expect(await remindersOf(here)).toHaveLength(1);
    expect(await remindersOf(there)).toHaveLength(1);
  });

  test("C6 a queued reminder is cancelled by a revocation, enqueued again by an undo, and cancelled by a resend", async () => {
    const org = await createTestOrganization();
    const invitation = await createDueInvitation(org);
    await remindInvitees();
    await revokeInvitation(org.owner, { invitation });
    const [first] = await remindersOf(invitation);
    await runSendJob(first?.batchId ?? "");
    expect(await remindersOf(invitation)).toMatchObject([{ state: "cancelled" }]);
    expect(await undoRevokeInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    expect(await remindersOf(invitation)).toMatchObject([{ state: "cancelled" }, { state: "queued" }]);

    await resendInvitation(org.owner, { invitation });
    const [, second] = await remindersOf(invitation);
    await runSendJob(second?.batchId ?? "");
    expect((await remindersOf(invitation))[1]).toMatchObject({
      state: "cancelled",
      detail: "the invitation was resent",
    });
  });

  test("C12 due invitations are found by the index among many others", async () => {
    const org = await createTestOrganization();
    await seedPeople(org.id, [org.owner.memberId], { count: 5_000 });
    await connectionPool().query("VACUUM (ANALYZE) invitation");
    const { strings, values } = dueRemindersQuery();
    const { rows } = await connectionPool().query<{ "QUERY PLAN": string }>(
      `EXPLAIN ${strings.reduce((all, part, index) => `${all}$${index}${part}`)}`,
      values,
    );
    const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
    expect(plan).toMatch(
      /invitation_to_remind.*\n *Index Cond: .*organization_id = .*expires_at > .*expires_at <= /,
    );
    expect(plan).not.toContain("Seq Scan on invitation");
  });
});
