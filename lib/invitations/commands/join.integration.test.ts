import { describe, expect, test } from "vitest";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { findSession } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { requireKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { findInvitationByCode } from "@/lib/invitations/queries/by-code";
import { vouchForAddress } from "@/lib/members/commands/vouch";
import {
  createTestAccount,
  createTestOrganization,
  createTestSession,
  expireInvitation,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

const lea = { name: "Lea Stein", password: "lovely geese walk" };

describe("D3 a new user", () => {
  test("D3 joins with name and password and gets the role of the invitation", async () => {
    const org = await createTestOrganization();
    const { email, code, proof } = await org.invite(undefined, "admin");
    const result = await acceptInvitation(uniqueIp(), null, { code, proof, ...lea });
    expect(result).toMatchObject({ ok: true, value: { slug: org.slug, isNew: true } });
    expect(await org.member(email)).toMatchObject({
      status: "active",
      role: "admin",
      name: "Lea Stein",
      addressConfirmed: true,
      invitedUntil: null,
    });
    expect(await verifyPassword(uniqueIp(), { email, password: lea.password })).toMatchObject({ ok: true });
  });

  test("D3 a missing name or invalid password is refused, and nothing changes", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    expect(await acceptInvitation(uniqueIp(), null, { code, password: lea.password })).toMatchObject({
      reason: "name-missing",
    });
    expect(await acceptInvitation(uniqueIp(), null, { code, name: "Lea" })).toMatchObject({
      reason: "password-missing",
    });
    expect(await acceptInvitation(uniqueIp(), null, { code, name: "Lea", password: "1234" })).toMatchObject({
      reason: "password-short",
    });
    expect(
      await acceptInvitation(uniqueIp(), null, { code, name: "Lea", password: "password1" }),
    ).toMatchObject({
      reason: "password-common",
    });
    expect(await org.member(email)).toMatchObject({ status: "invited" });
    expect(await db().account.count({ where: { email } })).toBe(0);
  });

  test("D3 joining while logged in with a different address is refused, and the invitation stays pending", async () => {
    const org = await createTestOrganization();
    const { code, email } = await org.invite();
    const other = await createTestAccount(uniqueEmail("omar"), "Omar");
    expect(await acceptInvitation(uniqueIp(), other, { code, ...lea })).toMatchObject({
      reason: "wrong-account",
    });
    expect(await org.member(email)).toMatchObject({ status: "invited" });
  });

  test("an existing account joins when logged in, and the invitation sets no new password", async () => {
    const org = await createTestOrganization();
    const account = await createTestAccount(uniqueEmail("omar"), "Omar Haddad");
    const { code, proof } = await org.invite(account.email);
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({
      reason: "account-exists",
    });
    expect(await db().account.findUnique({ where: { email: account.email } })).toMatchObject({
      passwordHash: null,
    });
    expect(await acceptInvitation(uniqueIp(), account, { code })).toMatchObject({ ok: true });
    expect(await org.member(account.email)).toMatchObject({ status: "active", name: "Omar Haddad" });
  });
});

describe("C8 codes work once", () => {
  test("C8 a used code can be neither accepted again nor copied", async () => {
    const org = await createTestOrganization();
    const { code, proof, invitation } = await org.invite();
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({
      reason: "accepted",
    });
    expect(await copyInvitation(org.owner, { invitation, shape: "code" })).toMatchObject({
      reason: "not-pending",
    });
  });

  test("C8 one of sixteen concurrent requests joins: one account, one member, one activity", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 5; round++) {
      const { code, proof, email } = await org.invite();
      const all = await Promise.all(
        Array.from({ length: 16 }, () => acceptInvitation(uniqueIp(), null, { code, proof, ...lea })),
      );
      expect(all.filter((result) => result.ok)).toHaveLength(1);
      const member = await org.member(email);
      expect(member.status).toBe("active");
      expect(await db().account.count({ where: { email } })).toBe(1);
      expect((await org.activity(member.id)).filter((entry) => entry.type === "accepted")).toHaveLength(1);
    }
  });

  test("C1 an expired invitation cannot be accepted, even if the page was opened before", async () => {
    const org = await createTestOrganization();
    const { code, proof, invitation, email } = await org.invite();
    await expireInvitation(invitation);
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({
      reason: "expired",
    });
    expect(await db().account.count({ where: { email } })).toBe(0);
  });
});

describe("finding an invitation by its code", () => {
  test("D2 fifty requests change nothing, and the invitee can still join", async () => {
    const org = await createTestOrganization();
    const { code, proof, invitation } = await org.invite();
    const before = await db().invitation.findUniqueOrThrow({ where: { id: invitation } });
    const clientIp = uniqueIp();
    for (let i = 0; i < 50; i++) expect((await findInvitationByCode(clientIp, code, proof)).ok).toBe(true);
    expect(await db().invitation.findUniqueOrThrow({ where: { id: invitation } })).toEqual(before);
    expect(await acceptInvitation(clientIp, null, { code, proof, ...lea })).toMatchObject({ ok: true });
  });

  test("D5 a code in lower case, with spaces and O for 0, is found", async () => {
    const org = await createTestOrganization();
    const { code, invitation } = await org.invite();
    const typed = code
      .toLowerCase()
      .replace(/0/g, "o")
      .replace(/1/g, "l")
      .replace(/(.{4})/g, "$1 ");
    expect(await findInvitationByCode(uniqueIp(), typed)).toMatchObject({
      ok: true,
      value: { id: invitation },
    });
  });

  test("altered, truncated and malformed codes get the same refusal; ten in a minute pause only that client IP", async () => {
    const org = await createTestOrganization();
    const { code } = await org.invite();
    const flipped = (code[0] === "7" ? "8" : "7") + code.slice(1);
    const guesser = uniqueIp();
    for (const wrong of [flipped, code.slice(1), "", "x".repeat(200), "<script>", ...Array(5).fill(flipped)])
      expect(await findInvitationByCode(guesser, wrong)).toMatchObject({ ok: false, reason: "unknown-code" });
    expect(await findInvitationByCode(guesser, code)).toMatchObject({ reason: "too-many" });
    expect(await findInvitationByCode(uniqueIp(), code)).toMatchObject({ ok: true });
  });

  test("valid codes are not counted: many people can join from one client IP", async () => {
    const org = await createTestOrganization();
    const office = uniqueIp();
    for (let i = 0; i < 12; i++) {
      const { code, proof } = await org.invite();
      expect(await acceptInvitation(office, null, { code, proof, ...lea })).toMatchObject({ ok: true });
    }
  });
});

describe("D9 only the emailed link proves the mailbox", () => {
  /** Joins by a copied link and returns the link of the confirmation email. */
  async function joinByCopiedLink(role: "admin" | "member" = "admin") {
    const org = await createTestOrganization();
    const invited = await org.invite(undefined, role);
    const result = await acceptInvitation(uniqueIp(), null, { code: invited.code, ...lea });
    if (!result.ok) throw new Error(result.reason);
    const { accountId } = result.value;
    const link = await db().accountLink.findFirstOrThrow({ where: { accountId } });
    const confirmationEmail = await db().emailMessage.findFirstOrThrow({ where: { accountLinkId: link.id } });
    return {
      org,
      ...invited,
      accountId,
      confirmationEmail,
      link: deriveSecret(requireKey(link.keyId), "account-link", link.id),
    };
  }

  test("D9 joining by a copied link leaves the address unconfirmed, gives Member access, and sends a confirmation email", async () => {
    const { org, email, accountId, confirmationEmail } = await joinByCopiedLink();
    expect(await org.member(email)).toMatchObject({
      status: "active",
      role: "admin",
      addressConfirmed: false,
    });
    const actor = await org.actorOf(accountId);
    expect([actor.role, actor.permissions.size]).toEqual(["member", 0]);
    expect(confirmationEmail).toMatchObject({ kind: "address-confirmation", toAddress: email });
  });

  test("D9 the proof of another invitation is not accepted", async () => {
    const org = await createTestOrganization();
    const [entry, other] = [await org.invite(), await org.invite()];
    await acceptInvitation(uniqueIp(), null, { code: entry.code, proof: other.proof, ...lea });
    expect(await org.member(entry.email)).toMatchObject({ addressConfirmed: false });
  });

  test("D9 an account with an unconfirmed address cannot join another organization", async () => {
    const { email, accountId } = await joinByCopiedLink();
    const session = { sessionId: "", accountId, email, name: "Lea", confirmed: false, language: null };
    const second = await createTestOrganization();
    const { code } = await second.invite(email);
    expect(await acceptInvitation(uniqueIp(), session, { code })).toMatchObject({
      reason: "address-unconfirmed",
    });
    expect(await acceptInvitation(uniqueIp(), null, { code, ...lea })).toMatchObject({
      reason: "account-exists",
    });
    expect(await second.member(email)).toMatchObject({ status: "invited" });
  });

  test("D9 confirming in a session of the account keeps it and ends all others", async () => {
    const { org, email, accountId, link } = await joinByCopiedLink();
    const own = await createTestSession(accountId);
    const other = await createTestSession(accountId);
    expect(await confirmAddress(uniqueIp(), own, { code: link })).toMatchObject({ ok: true });
    expect(await org.member(email)).toMatchObject({ addressConfirmed: true });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect(await findSession(own.sessionId)).not.toBeNull();
    expect(await findSession(other.sessionId)).toBeNull();
    expect(await confirmAddress(uniqueIp(), own, { code: link })).toMatchObject({ reason: "invalid-link" });
  });

  test("D9 confirming elsewhere requires a new password and revokes the occupier's access", async () => {
    const { email, accountId, link } = await joinByCopiedLink();
    const occupier = await createTestSession(accountId);
    await db().signInMethod.create({ data: { issuer: "https://evil.test", subject: accountId, accountId } });
    expect(await confirmAddress(uniqueIp(), null, { code: link })).toMatchObject({
      reason: "password-missing",
    });
    expect(await confirmAddress(uniqueIp(), null, { code: link, password: "hers alone now" })).toMatchObject({
      ok: true,
    });
    expect(await findSession(occupier.sessionId)).toBeNull();
    expect(await db().signInMethod.count({ where: { accountId } })).toBe(0);
    expect(await verifyPassword(uniqueIp(), { email, password: lea.password })).toMatchObject({ ok: false });
    expect(await verifyPassword(uniqueIp(), { email, password: "hers alone now" })).toMatchObject({
      ok: true,
    });
  });

  test("D9 the emailed link of another organization reclaims an occupied address", async () => {
    const { email, accountId } = await joinByCopiedLink();
    const occupier = await createTestSession(accountId);
    const second = await createTestOrganization();
    const { code, proof } = await second.invite(email);
    expect(
      await acceptInvitation(uniqueIp(), null, {
        code,
        proof,
        name: "The real Lea",
        password: "hers alone now",
      }),
    ).toMatchObject({
      ok: true,
      value: { accountId, isNew: true },
    });
    expect(await findSession(occupier.sessionId)).toBeNull();
    expect(await verifyPassword(uniqueIp(), { email, password: lea.password })).toMatchObject({ ok: false });
    expect(await second.member(email)).toMatchObject({ status: "active", addressConfirmed: true });
  });

  test("D9 only an Owner can vouch, and only for their organization", async () => {
    const { org, email, accountId } = await joinByCopiedLink();
    const mila = await org.addMember("mila", "admin");
    const member = (await org.member(email)).id;
    expect(await vouchForAddress(mila, { member })).toMatchObject({ reason: "owners-only" });
    expect(await vouchForAddress((await createTestOrganization()).owner, { member })).toMatchObject({
      reason: "nothing-to-confirm",
    });
    expect(await vouchForAddress(org.owner, { member })).toMatchObject({ ok: true });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({ verifiedAt: null });
  });
});

test("A3 if the grantor has lost their rights, the invitee joins as Member, and it is logged", async () => {
  const org = await createTestOrganization();
  const mila = await org.addMember("mila", "admin");
  const { code, proof, email } = await org.invite(undefined, "admin", mila);
  await db().member.update({ where: { id: mila.memberId }, data: { role: "member" } });
  expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
  const member = await org.member(email);
  expect(member.role).toBe("member");
  expect((await org.activity(member.id)).at(-1)).toMatchObject({
    type: "accepted",
    data: { withdrawn: "admin" },
  });
});

test("C8 a used code is still recognized after its key was removed from the key ring", async () => {
  const org = await createTestOrganization();
  const { code, proof, invitation } = await org.invite();
  await acceptInvitation(uniqueIp(), null, { code, proof, ...lea });
  await db().invitation.update({ where: { id: invitation }, data: { keyId: 99 } });
  expect(await findInvitationByCode(uniqueIp(), code, proof)).toMatchObject({
    ok: true,
    value: { status: "accepted", proven: false },
  });
});
