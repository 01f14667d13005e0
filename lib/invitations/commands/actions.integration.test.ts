import { describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import { db } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { declineInvitation } from "@/lib/invitations/commands/decline";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { sendBatch } from "@/lib/mail/send-batch";
import {
  createTestAccount,
  createTestOrganization,
  expireInvitation,
  findInvitationSecrets,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

const lea = { name: "Lea Stein", password: "lovely geese walk" };
const emailsOf = (invitation: string) =>
  db().emailMessage.findMany({ where: { invitationId: invitation }, orderBy: { createdAt: "asc" } });
const rowOf = (invitation: string) => db().invitation.findUniqueOrThrow({ where: { id: invitation } });
const DAY = 86_400_000;

describe("C3 resend", () => {
  test("C3 sends the same link again and restarts the seven days", async () => {
    const org = await createTestOrganization();
    const { invitation, code, email } = await org.invite();
    await db().$executeRaw`
      UPDATE invitation SET issued_at = issued_at - interval '5 days', expires_at = expires_at - interval '5 days'
      WHERE id = ${invitation}::uuid`;
    expect(await resendInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    const row = await rowOf(invitation);
    expect(row.resendCount).toBe(1);
    expect(Math.round((row.expiresAt.getTime() - Date.now()) / DAY)).toBe(7);
    expect((await org.member(email)).invitedUntil).toEqual(row.expiresAt);
    expect((await findInvitationSecrets(invitation)).code).toBe(code);
    expect((await emailsOf(invitation)).map((email) => email.kind)).toEqual(["invitation", "resent"]);
  });

  test("C3 is refused after three times; the organization's limit is read at the resend", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    for (let i = 0; i < 3; i++)
      expect(await resendInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    expect(await resendInvitation(org.owner, { invitation })).toMatchObject({
      reason: "resend-limit",
      params: { used: 3, limit: 3 },
    });
    await db().organization.update({ where: { id: org.id }, data: { resendLimit: 4 } });
    expect(await resendInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
  });

  test("C3 three of fifty concurrent resends succeed, and three emails are enqueued", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    const all = await Promise.all(
      Array.from({ length: 50 }, () => resendInvitation(org.owner, { invitation })),
    );
    expect(all.filter((result) => result.ok)).toHaveLength(3);
    expect((await rowOf(invitation)).resendCount).toBe(3);
    expect(await emailsOf(invitation)).toHaveLength(4);
  });

  test("C3 expired and closed invitations and another organization's are refused", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [expired, answered] = [await org.invite(), await org.invite()];
    await expireInvitation(expired.invitation);
    await acceptInvitation(uniqueIp(), null, { ...answered, ...lea });
    expect(await resendInvitation(org.owner, expired)).toMatchObject({ reason: "not-pending" });
    expect(await resendInvitation(org.owner, answered)).toMatchObject({ reason: "not-pending" });
    expect(await resendInvitation(other.owner, expired)).toMatchObject({ reason: "not-found" });
  });
});

describe("C4 send new invitation", () => {
  test("C4 only after expiry: a new code and expiry, no resends, its own email, and the old code stops working", async () => {
    const org = await createTestOrganization();
    const old = await org.invite(undefined, "admin");
    await resendInvitation(org.owner, old);
    expect(await renewInvitation(org.owner, old)).toMatchObject({ reason: "not-expired" });
    await expireInvitation(old.invitation);
    const result = await renewInvitation(org.owner, old);
    if (!result.ok) throw new Error(result.reason);
    const fresh = result.value.invitationId;
    const { code, proof } = await findInvitationSecrets(fresh);
    expect(code).not.toBe(old.code);
    expect(await rowOf(fresh)).toMatchObject({ resendCount: 0, role: "admin", settledAs: null });
    expect(await emailsOf(fresh)).toMatchObject([{ kind: "new" }]);
    expect(await acceptInvitation(uniqueIp(), null, { ...old, ...lea })).toMatchObject({
      reason: "superseded",
    });
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
  });

  test("C4 one of eight concurrent requests succeeds", async () => {
    const org = await createTestOrganization();
    const old = await org.invite();
    await expireInvitation(old.invitation);
    const all = await Promise.all(Array.from({ length: 8 }, () => renewInvitation(org.owner, old)));
    expect(all.filter((result) => result.ok)).toHaveLength(1);
    expect(
      await db().invitation.count({ where: { organizationId: org.id, email: old.email, settledAs: null } }),
    ).toBe(1);
  });

  test("A3 an invitation that grants more than the actor has cannot be renewed", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "member", "Create");
    const old = await org.invite(undefined, "admin");
    await expireInvitation(old.invitation);
    expect(await renewInvitation(samira, old)).toMatchObject({ reason: "above-you" });
  });
});

describe("C6 revoke and undo", () => {
  test("C6 the code stops working immediately, and a queued email is not sent", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof, email } = await org.invite();
    expect(await revokeInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({
      reason: "revoked",
    });
    expect(await copyInvitation(org.owner, { invitation, shape: "link" })).toMatchObject({
      reason: "not-pending",
    });
    expect(await org.member(email)).toMatchObject({ status: "removed" });
    const [queued] = await emailsOf(invitation);
    await sendBatch({ batch: queued?.batchId ?? "" });
    expect(await emailsOf(invitation)).toMatchObject([{ state: "cancelled" }]);
  });

  test("C6 undo within ten minutes keeps code and expiry, and enqueues the cancelled email again", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof } = await org.invite();
    const before = await rowOf(invitation);
    await revokeInvitation(org.owner, { invitation });
    const [email] = await emailsOf(invitation);
    await sendBatch({ batch: email?.batchId ?? "" });
    expect(await undoRevokeInvitation(org.owner, { invitation })).toMatchObject({ ok: true });
    expect((await rowOf(invitation)).expiresAt).toEqual(before.expiresAt);
    expect((await emailsOf(invitation)).map((invitation) => [invitation.kind, invitation.state])).toEqual([
      ["invitation", "cancelled"],
      ["invitation", "queued"],
    ]);
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
  });

  test("C6 an email that was sent is not sent again by an undo", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    const [email] = await emailsOf(invitation);
    await sendBatch({ batch: email?.batchId ?? "" });
    await revokeInvitation(org.owner, { invitation });
    await undoRevokeInvitation(org.owner, { invitation });
    expect(await emailsOf(invitation)).toHaveLength(1);
  });

  test("C6 undo is refused after ten minutes, after the expiry, and once the person was invited again", async () => {
    const org = await createTestOrganization();
    const [tooLate, expired, invitedAgain] = [await org.invite(), await org.invite(), await org.invite()];
    for (const invitation of [tooLate, expired, invitedAgain]) await revokeInvitation(org.owner, invitation);
    await db()
      .$executeRaw`UPDATE invitation SET settled_at = settled_at - interval '10 minutes' WHERE id = ${tooLate.invitation}::uuid`;
    await db()
      .$executeRaw`UPDATE invitation SET expires_at = clock_timestamp() WHERE id = ${expired.invitation}::uuid`;
    await inviteMembers(org.owner, { addresses: [invitedAgain.email], role: "member", policies: [] });
    for (const invitation of [tooLate, expired, invitedAgain])
      expect(await undoRevokeInvitation(org.owner, invitation)).toMatchObject({ reason: "too-late" });
  });

  test("C6 an expired invitation can be revoked; an accepted one cannot", async () => {
    const org = await createTestOrganization();
    const [expired, answered] = [await org.invite(), await org.invite()];
    await expireInvitation(expired.invitation);
    await acceptInvitation(uniqueIp(), null, { ...answered, ...lea });
    expect(await revokeInvitation(org.owner, expired)).toMatchObject({ ok: true });
    expect(await revokeInvitation(org.owner, answered)).toMatchObject({ reason: "not-open" });
    expect(await org.member(answered.email)).toMatchObject({ status: "active" });
  });

  test("A3 an invitation that grants more than the actor has can be neither revoked nor restored", async () => {
    const org = await createTestOrganization();
    const remover = await org.addMember("rosa", "member", "Delete");
    const [high, low] = [await org.invite(undefined, "admin"), await org.invite()];
    expect(await revokeInvitation(remover, high)).toMatchObject({ reason: "above-you" });
    expect(await revokeInvitation(remover, low)).toMatchObject({ ok: true });
    await revokeInvitation(org.owner, high);
    expect(await undoRevokeInvitation(remover, high)).toMatchObject({ reason: "above-you" });
  });
});

describe("D4 decline", () => {
  test("D4 the reason is in the timeline, and the code stops working", async () => {
    const org = await createTestOrganization();
    const { code, proof, email } = await org.invite();
    expect(await declineInvitation(uniqueIp(), null, { code, reason: "Wrong Lea." })).toMatchObject({
      ok: true,
    });
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({
      reason: "declined",
    });
    const member = await org.member(email);
    expect(member.status).toBe("removed");
    const [latest] = (await findTimeline(org.owner, member.id)) ?? [];
    expect(latest && describeActivity(translationFor("en"), latest)).toBe(
      `${email} declined the invitation: “Wrong Lea.”`,
    );
  });

  test("D4 it is refused while logged in with a different address, and when repeated", async () => {
    const org = await createTestOrganization();
    const { code, invitation } = await org.invite();
    expect(
      await declineInvitation(uniqueIp(), await createTestAccount(uniqueEmail("omar"), "Omar"), { code }),
    ).toMatchObject({
      reason: "wrong-account",
    });
    expect(await declineInvitation(uniqueIp(), null, { code })).toMatchObject({ ok: true });
    expect(await declineInvitation(uniqueIp(), null, { code })).toMatchObject({ reason: "declined" });
    expect(await rowOf(invitation)).toMatchObject({ declineReason: null });
  });

  test("C7 an invitee who declined can be invited again", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    await declineInvitation(uniqueIp(), null, { code });
    expect(await inviteMembers(org.owner, { addresses: [email], role: "admin", policies: [] })).toMatchObject(
      {
        value: [{ status: "invited" }],
      },
    );
  });
});

describe("C11 the timeline", () => {
  test("C11 lists every action in order with its actor", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof, email } = await org.invite();
    await copyInvitation(org.owner, { invitation, shape: "link" });
    await resendInvitation(org.owner, { invitation });
    await revokeInvitation(org.owner, { invitation });
    await undoRevokeInvitation(org.owner, { invitation });
    await acceptInvitation(uniqueIp(), null, { code, proof, ...lea });
    const entries = await findTimeline(org.owner, (await org.member(email)).id);
    expect(entries?.reverse().map((entry) => describeActivity(translationFor("en"), entry))).toEqual([
      "ana invited Lea Stein as a Member",
      "ana copied the invitation link",
      "ana resent the invitation (1 of 3)",
      "ana revoked the invitation",
      "ana undid the revocation",
      "Lea Stein joined via the email link",
    ]);
  });

  test("C11 is append-only in the database itself", async () => {
    const org = await createTestOrganization();
    const { email } = await org.invite();
    const { id } = await org.member(email);
    const refused = /activity is append-only/;
    await expect(db().activity.deleteMany({ where: { memberId: id } })).rejects.toThrow(refused);
    await expect(db().activity.updateMany({ where: { memberId: id }, data: { type: "x" } })).rejects.toThrow(
      refused,
    );
    await expect(db().$executeRaw`TRUNCATE activity`).rejects.toThrow(refused);
  });

  test("C11 another organization's timeline is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const { email } = await org.invite();
    expect(await findTimeline(other.owner, (await org.member(email)).id)).toBeNull();
  });
});
