import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeActivity } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import { closeDatabase, db } from "@/lib/db/client";
import { copy } from "@/lib/invitations/commands/copy";
import { decline } from "@/lib/invitations/commands/decline";
import { invite } from "@/lib/invitations/commands/invite";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { deliver } from "@/lib/mail/delivery";
import { createTestOrganization, expire, makeAccount, secretsOf, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const lea = { name: "Lea Stein", password: "lovely geese walk" };
let addresses = 0;
const ip = () => `10.1.${addresses >> 8}.${addresses++ & 255}`;
const lettersOf = (invitation: string) =>
  db().emailMessage.findMany({ where: { invitationId: invitation }, orderBy: { createdAt: "asc" } });
const rowOf = (invitation: string) => db().invitation.findUniqueOrThrow({ where: { id: invitation } });
const DAY = 86_400_000;

describe("C3 resend", () => {
  test("C3 delivers the same link again and restarts the seven days", async () => {
    const org = await createTestOrganization();
    const { invitation, code, email } = await org.invite();
    await db().$executeRaw`
      UPDATE invitation SET issued_at = issued_at - interval '5 days', expires_at = expires_at - interval '5 days'
      WHERE id = ${invitation}::uuid`;
    expect(await resend(org.owner, { invitation })).toMatchObject({ ok: true });
    const row = await rowOf(invitation);
    expect(row.resendCount).toBe(1);
    expect(Math.round((row.expiresAt.getTime() - Date.now()) / DAY)).toBe(7);
    expect((await org.member(email)).invitedUntil).toEqual(row.expiresAt);
    expect((await secretsOf(invitation)).code).toBe(code);
    expect((await lettersOf(invitation)).map((letter) => letter.kind)).toEqual(["invitation", "resent"]);
  });

  test("C3 at most three times, then with a reason; the organization's own limit is read at the resend", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    for (let i = 0; i < 3; i++) expect(await resend(org.owner, { invitation })).toMatchObject({ ok: true });
    expect(await resend(org.owner, { invitation })).toMatchObject({
      reason: "resend-limit",
      facts: { used: 3, limit: 3 },
    });
    await db().organization.update({ where: { id: org.id }, data: { resendLimit: 4 } });
    expect(await resend(org.owner, { invitation })).toMatchObject({ ok: true });
  });

  test("C3 of fifty at once three are sent, and three letters are owed", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    const all = await Promise.all(Array.from({ length: 50 }, () => resend(org.owner, { invitation })));
    expect(all.filter((outcome) => outcome.ok)).toHaveLength(3);
    expect((await rowOf(invitation)).resendCount).toBe(3);
    expect(await lettersOf(invitation)).toHaveLength(4);
  });

  test("C3 not what has expired, was answered, or belongs to another organization", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [expired, answered] = [await org.invite(), await org.invite()];
    await expire(expired.invitation);
    await accept(ip(), null, { ...answered, ...lea });
    expect(await resend(org.owner, expired)).toMatchObject({ reason: "not-pending" });
    expect(await resend(org.owner, answered)).toMatchObject({ reason: "not-pending" });
    expect(await resend(other.owner, expired)).toMatchObject({ reason: "not-found" });
  });
});

describe("C4 send new invitation", () => {
  test("C4 only after expiry: a new code and term, resends at zero, the old code dead, a letter of its own", async () => {
    const org = await createTestOrganization();
    const old = await org.invite(undefined, "admin");
    await resend(org.owner, old);
    expect(await renew(org.owner, old)).toMatchObject({ reason: "not-expired" });
    await expire(old.invitation);
    const outcome = await renew(org.owner, old);
    if (!outcome.ok) throw new Error(outcome.reason);
    const fresh = outcome.value.invitationId;
    const { code, proof } = await secretsOf(fresh);
    expect(code).not.toBe(old.code);
    expect(await rowOf(fresh)).toMatchObject({ resendCount: 0, role: "admin", settledAs: null });
    expect(await lettersOf(fresh)).toMatchObject([{ kind: "new" }]);
    expect(await accept(ip(), null, { ...old, ...lea })).toMatchObject({ reason: "superseded" });
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
  });

  test("C4 of eight at once one is made", async () => {
    const org = await createTestOrganization();
    const old = await org.invite();
    await expire(old.invitation);
    const all = await Promise.all(Array.from({ length: 8 }, () => renew(org.owner, old)));
    expect(all.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(
      await db().invitation.count({ where: { organizationId: org.id, email: old.email, settledAs: null } }),
    ).toBe(1);
  });

  test("A3 nobody renews what gives more than they hold", async () => {
    const org = await createTestOrganization();
    const samira = await org.seat("samira", "member", "Create");
    const old = await org.invite(undefined, "admin");
    await expire(old.invitation);
    expect(await renew(samira, old)).toMatchObject({ reason: "above-you" });
  });
});

describe("C6 revoke and undo", () => {
  test("C6 the code is dead at once, and an unsent letter is not sent", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof, email } = await org.invite();
    expect(await revoke(org.owner, { invitation })).toMatchObject({ ok: true });
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ reason: "revoked" });
    expect(await copy(org.owner, { invitation, shape: "link" })).toMatchObject({ reason: "not-pending" });
    expect(await org.member(email)).toMatchObject({ status: "removed" });
    const [letter] = await lettersOf(invitation);
    await deliver({ batch: letter?.batchId ?? "" });
    expect(await lettersOf(invitation)).toMatchObject([{ state: "cancelled" }]);
  });

  test("C6 undo within ten minutes: same code, same expiry, and the unsent letter is owed again", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof } = await org.invite();
    const before = await rowOf(invitation);
    await revoke(org.owner, { invitation });
    const [letter] = await lettersOf(invitation);
    await deliver({ batch: letter?.batchId ?? "" });
    expect(await undoRevoke(org.owner, { invitation })).toMatchObject({ ok: true });
    expect((await rowOf(invitation)).expiresAt).toEqual(before.expiresAt);
    expect((await lettersOf(invitation)).map((one) => [one.kind, one.state])).toEqual([
      ["invitation", "cancelled"],
      ["invitation", "queued"],
    ]);
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
  });

  test("C6 a letter that had gone out is not sent twice by an undo", async () => {
    const org = await createTestOrganization();
    const { invitation } = await org.invite();
    const [letter] = await lettersOf(invitation);
    await deliver({ batch: letter?.batchId ?? "" });
    await revoke(org.owner, { invitation });
    await undoRevoke(org.owner, { invitation });
    expect(await lettersOf(invitation)).toHaveLength(1);
  });

  test("C6 not after ten minutes, not after its expiry, not once the person was invited anew", async () => {
    const org = await createTestOrganization();
    const [late, over, anew] = [await org.invite(), await org.invite(), await org.invite()];
    for (const one of [late, over, anew]) await revoke(org.owner, one);
    await db()
      .$executeRaw`UPDATE invitation SET settled_at = settled_at - interval '10 minutes' WHERE id = ${late.invitation}::uuid`;
    await db()
      .$executeRaw`UPDATE invitation SET expires_at = clock_timestamp() WHERE id = ${over.invitation}::uuid`;
    await invite(org.owner, { addresses: [anew.email], role: "member", policies: [] });
    for (const one of [late, over, anew])
      expect(await undoRevoke(org.owner, one)).toMatchObject({ reason: "too-late" });
  });

  test("C6 an expired one can be revoked too; an answered one cannot", async () => {
    const org = await createTestOrganization();
    const [expired, answered] = [await org.invite(), await org.invite()];
    await expire(expired.invitation);
    await accept(ip(), null, { ...answered, ...lea });
    expect(await revoke(org.owner, expired)).toMatchObject({ ok: true });
    expect(await revoke(org.owner, answered)).toMatchObject({ reason: "not-open" });
    expect(await org.member(answered.email)).toMatchObject({ status: "active" });
  });

  test("A3 nobody revokes, or takes back, what reaches above them", async () => {
    const org = await createTestOrganization();
    const remover = await org.seat("rosa", "member", "Delete");
    const [high, low] = [await org.invite(undefined, "admin"), await org.invite()];
    expect(await revoke(remover, high)).toMatchObject({ reason: "above-you" });
    expect(await revoke(remover, low)).toMatchObject({ ok: true });
    await revoke(org.owner, high);
    expect(await undoRevoke(remover, high)).toMatchObject({ reason: "above-you" });
  });
});

describe("D4 decline", () => {
  test("D4 with a reason that the inviter finds in the timeline; the code is dead", async () => {
    const org = await createTestOrganization();
    const { code, proof, email } = await org.invite();
    expect(await decline(ip(), null, { code, reason: "Wrong Lea." })).toMatchObject({ ok: true });
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ reason: "declined" });
    const member = await org.member(email);
    expect(member.status).toBe("removed");
    const [latest] = (await findTimeline(org.owner, member.id)) ?? [];
    expect(latest && describeActivity(latest)).toBe("Declined: “Wrong Lea.”");
  });

  test("D4 not while signed in as somebody else, and not twice", async () => {
    const org = await createTestOrganization();
    const { code, invitation } = await org.invite();
    expect(await decline(ip(), await makeAccount(someone("omar"), "Omar"), { code })).toMatchObject({
      reason: "somebody-else",
    });
    expect(await decline(ip(), null, { code })).toMatchObject({ ok: true });
    expect(await decline(ip(), null, { code })).toMatchObject({ reason: "declined" });
    expect(await rowOf(invitation)).toMatchObject({ declineReason: null });
  });

  test("C7 who declined can be invited again", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    await decline(ip(), null, { code });
    expect(await invite(org.owner, { addresses: [email], role: "admin", policies: [] })).toMatchObject({
      value: [{ answer: "invited" }],
    });
  });
});

describe("C11 the timeline", () => {
  test("C11 tells everything in order: who did what to whom", async () => {
    const org = await createTestOrganization();
    const { invitation, code, proof, email } = await org.invite();
    await copy(org.owner, { invitation, shape: "link" });
    await resend(org.owner, { invitation });
    await revoke(org.owner, { invitation });
    await undoRevoke(org.owner, { invitation });
    await accept(ip(), null, { code, proof, ...lea });
    const entries = await findTimeline(org.owner, (await org.member(email)).id);
    expect(entries?.reverse().map((entry) => [describeActivity(entry), entry.actorName])).toEqual([
      ["Invited as Member", "ana"],
      ["Invitation link copied", "ana"],
      ["Invitation resent, 1 of 3", "ana"],
      ["Invitation revoked", "ana"],
      ["Revoking undone", "ana"],
      ["Joined by the mailed link", null],
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
