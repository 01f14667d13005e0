import { describe, expect, test } from "vitest";
import { requestMagicLink } from "@/lib/accounts/commands/request-magic-link";
import { resetPassword } from "@/lib/accounts/commands/reset-password";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { createHijackedAccount, requestLinkCode } from "@/lib/accounts/fixture";
import { findAccountLink } from "@/lib/accounts/queries";
import { findSession, type SignedInAccount } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { consumeSignInLink } from "@/lib/sign-in/commands/consume-sign-in-link";
import {
  createTestAccount,
  createTestOrganization,
  createTestSession,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

const oldPassword = "lovely geese walk";
const newPassword = "a bridge of seven arches";
const invalidLink = { ok: false, reason: "invalid-link" };

async function code(email: string, purpose: "sign-in" | "reset-password", organization?: string) {
  const code = await requestLinkCode(email, purpose, organization);
  if (!code) throw new Error("no email is enqueued");
  return code;
}

describe("F5 requesting a magic link", () => {
  test.each(["sign-in", "reset-password"] as const)(
    "F5 S-PUB-1 %s: known and unknown addresses store the same request and job; the worker sends only to known ones",
    async (purpose) => {
      const account = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
      for (const email of [account.email, uniqueEmail("unknown")]) {
        expect(await requestMagicLink(uniqueIp(), { email: email.toUpperCase(), purpose })).toEqual({
          ok: true,
          value: { email },
        });
        const [request] = await db().magicLinkRequest.findMany({ where: { email } });
        const jobs = await db().$queryRaw<{ data: object }[]>`
          SELECT data FROM pgboss.job WHERE name = 'magic-links' AND data->>'request' = ${request?.id}`;
        expect(jobs).toEqual([{ data: { request: request?.id } }]);
      }
      expect(await requestLinkCode(account.email, purpose)).not.toBeNull();
      expect(await requestLinkCode(uniqueEmail("unknown"), purpose)).toBeNull();
      expect(await db().magicLinkRequest.count({ where: { email: account.email } })).toBe(0);
    },
  );

  test("S-LIMIT-3 three a day per address, known or not; using a link refunds its request", async () => {
    const account = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
    for (const email of [account.email, uniqueEmail("unknown")]) {
      for (let i = 0; i < 3; i++)
        expect((await requestMagicLink(uniqueIp(), { email, purpose: "reset-password" })).ok).toBe(true);
      expect(await requestMagicLink(uniqueIp(), { email, purpose: "sign-in" })).toMatchObject({
        reason: "too-many-emails",
        params: { wait: { seconds: 86_400 } },
      });
    }
    const omar = await createTestAccount(uniqueEmail("omar"), "Omar", { password: oldPassword });
    for (let i = 0; i < 4; i++)
      expect(
        await consumeSignInLink(uniqueIp(), null, { code: await code(omar.email, "sign-in") }),
        `time ${i}`,
      ).toMatchObject({ ok: true });
  });

  test("S-LIMIT-3 ten an hour per client IP", async () => {
    const clientIp = uniqueIp();
    for (let i = 0; i < 10; i++)
      expect((await requestMagicLink(clientIp, { email: uniqueEmail("x"), purpose: "sign-in" })).ok).toBe(
        true,
      );
    expect(await requestMagicLink(clientIp, { email: uniqueEmail("x"), purpose: "sign-in" })).toMatchObject({
      reason: "too-many-emails",
    });
  });

  test("an address at its daily limit gets no email, and the result is the same", async () => {
    const { email } = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
    for (let i = 0; i < 5; i++) await (await createTestOrganization()).invite(email);
    expect(await requestLinkCode(email, "sign-in")).toBeNull();
  });

  test("an invalid address is refused; the longest valid address is accepted", async () => {
    expect(await requestMagicLink(uniqueIp(), { email: "no address", purpose: "sign-in" })).toMatchObject({
      reason: "not-an-address",
    });
    const longest = `${"a".repeat(64)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.io`;
    expect(await requestMagicLink(uniqueIp(), { email: longest, purpose: "sign-in" })).toMatchObject({
      ok: true,
    });
  });
});

describe("F5 resetting the password by an emailed link", () => {
  test("F5 the new password works and the old one does not; every session and every other link has ended", async () => {
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea Stein", { password: oldPassword });
    await db().signInMethod.create({
      data: { issuer: "https://id.test", subject: lea.email, accountId: lea.accountId },
    });
    const [other, resetCode] = [await code(lea.email, "sign-in"), await code(lea.email, "reset-password")];
    for (const badPassword of ["short", "password1", "lea stein"])
      expect(await resetPassword(uniqueIp(), { code: resetCode, password: badPassword })).toMatchObject({
        ok: false,
      });
    expect(await findSession(lea.sessionId)).not.toBeNull();
    expect(await resetPassword(uniqueIp(), { code: resetCode, password: newPassword })).toMatchObject({
      ok: true,
    });
    expect(await verifyPassword(uniqueIp(), { email: lea.email, password: oldPassword })).toMatchObject({
      ok: false,
    });
    expect(await verifyPassword(uniqueIp(), { email: lea.email, password: newPassword })).toMatchObject({
      ok: true,
    });
    expect(await findSession(lea.sessionId)).toBeNull();
    expect(await consumeSignInLink(uniqueIp(), null, { code: other })).toEqual(invalidLink);
    // Sign-in methods of a confirmed account stay.
    expect(await db().signInMethod.count({ where: { accountId: lea.accountId } })).toBe(1);
  });

  test("F5 a link works once, even when used twice at the same time, only for its own purpose, and until it expires", async () => {
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
    const resetCode = await code(lea.email, "reset-password");
    for (let view = 0; view < 20; view++)
      expect((await findAccountLink(uniqueIp(), "reset-password", resetCode)).ok).toBe(true);
    expect(await consumeSignInLink(uniqueIp(), null, { code: resetCode })).toEqual(invalidLink);
    const results = await Promise.all(
      [newPassword, `${newPassword}!`].map((password) =>
        resetPassword(uniqueIp(), { code: resetCode, password }),
      ),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await resetPassword(uniqueIp(), { code: resetCode, password: newPassword })).toEqual(invalidLink);
    const expiredCode = await code(lea.email, "reset-password");
    await db().$executeRaw`
      UPDATE account_link SET expires_at = clock_timestamp() WHERE account_id = ${lea.accountId}::uuid`;
    expect(await resetPassword(uniqueIp(), { code: expiredCode, password: newPassword })).toEqual(
      invalidLink,
    );
  });

  test("F5 a link that was sent to a former address of the account is not valid", async () => {
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
    const staleCode = await code(lea.email, "reset-password");
    await db().account.update({ where: { id: lea.accountId }, data: { email: uniqueEmail("new") } });
    expect(await resetPassword(uniqueIp(), { code: staleCode, password: newPassword })).toEqual(invalidLink);
  });
});

describe("F5 joining by an emailed sign-in link", () => {
  test("F5 a link requested on an organization's login page joins that organization with the invited role, and no other", async () => {
    const [org, otherOrg] = [await createTestOrganization(), await createTestOrganization()];
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea Stein", { password: oldPassword });
    await org.invite(lea.email, "admin");
    await otherOrg.invite(lea.email);
    await db().invitationRequest.create({ data: requestOf(org.id, lea.email) });
    expect(
      await consumeSignInLink(uniqueIp(), null, { code: await code(lea.email, "sign-in", org.slug) }),
    ).toMatchObject({
      ok: true,
    });
    const member = await org.member(lea.email);
    expect(member).toMatchObject({ status: "active", role: "admin", addressConfirmed: true });
    expect((await org.activity(member.id)).at(-1)).toMatchObject({
      type: "accepted",
      data: { by: "sign-in-link" },
    });
    expect(await db().invitationRequest.findFirst({ where: { organizationId: org.id } })).toMatchObject({
      status: "approved",
    });
    expect(await otherOrg.member(lea.email)).toMatchObject({ status: "invited" });
  });

  test("F5 a link requested on the installation's login page joins no organization", async () => {
    const org = await createTestOrganization();
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
    await org.invite(lea.email);
    expect(
      await consumeSignInLink(uniqueIp(), null, { code: await code(lea.email, "sign-in") }),
    ).toMatchObject({
      ok: true,
    });
    expect(await org.member(lea.email)).toMatchObject({ status: "invited" });
  });

  test("F5 signing in and accepting the invitation's own link at the same time creates one membership", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await createTestOrganization();
      const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
      const invited = await org.invite(lea.email);
      const link = await code(lea.email, "sign-in", org.slug);
      const [signedIn, accepted] = await Promise.all([
        consumeSignInLink(uniqueIp(), null, { code: link }),
        acceptInvitation(uniqueIp(), lea, { code: invited.code, proof: invited.proof }),
      ]);
      expect(signedIn).toMatchObject({ ok: true });
      if (!accepted.ok) expect(accepted.reason).toBe("accepted");
      const member = await org.member(lea.email);
      expect(member.status).toBe("active");
      expect((await org.activity(member.id)).filter(({ type }) => type === "accepted")).toHaveLength(1);
    }
  });
});

describe("D9 S-LINK-12 an attacker joined under an address with a copied link; then the owner of the mailbox proves it", () => {
  type HijackedAccount = Awaited<ReturnType<typeof createHijackedAccount>>;

  /** Checks that the account is confirmed, and that the attacker's session, password, sign-in method and links are gone. */
  async function expectClaimed({ org, email, accountId, password, session }: HijackedAccount): Promise<void> {
    expect(await org.member(email)).toMatchObject({ addressConfirmed: true });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect(await findSession(session.sessionId)).toBeNull();
    expect(await verifyPassword(uniqueIp(), { email, password })).toMatchObject({ ok: false });
    expect(await db().signInMethod.count({ where: { accountId } })).toBe(0);
    const openLinks = { accountId, usedAt: null, expiresAt: { gt: new Date() } };
    expect(await db().accountLink.count({ where: openLinks })).toBe(0);
  }

  test("D9 a password reset link claims the account", async () => {
    const hijacked = await createHijackedAccount();
    const resetCode = await code(hijacked.email, "reset-password");
    await code(hijacked.email, "sign-in");
    expect(await resetPassword(uniqueIp(), { code: resetCode, password: newPassword })).toMatchObject({
      ok: true,
    });
    await expectClaimed(hijacked);
    expect(await verifyPassword(uniqueIp(), { email: hijacked.email, password: newPassword })).toMatchObject({
      ok: true,
    });
  });

  test("D9 a sign-in link claims the account and requires a new password", async () => {
    const hijacked = await createHijackedAccount();
    const link = await code(hijacked.email, "sign-in");
    expect(await consumeSignInLink(uniqueIp(), null, { code: link })).toMatchObject({
      reason: "password-missing",
    });
    const stranger = await createTestAccount(uniqueEmail("omar"), "Omar", { password: oldPassword });
    expect(await consumeSignInLink(uniqueIp(), stranger, { code: link })).toMatchObject({
      reason: "password-missing",
    });
    expect(await consumeSignInLink(uniqueIp(), null, { code: link, password: newPassword })).toMatchObject({
      ok: true,
    });
    await expectClaimed(hijacked);
    expect(await verifyPassword(uniqueIp(), { email: hijacked.email, password: newPassword })).toMatchObject({
      ok: true,
    });
  });

  test("D9 a sign-in link from another organization's login page claims the account and joins there", async () => {
    const hijacked = await createHijackedAccount();
    const second = await createTestOrganization();
    await second.invite(hijacked.email, "admin");
    const link = await code(hijacked.email, "sign-in", second.slug);
    expect(await consumeSignInLink(uniqueIp(), null, { code: link, password: newPassword })).toMatchObject({
      ok: true,
    });
    await expectClaimed(hijacked);
    expect(await second.member(hijacked.email)).toMatchObject({
      status: "active",
      role: "admin",
      addressConfirmed: true,
    });
  });

  test("D9 in the account's own session a sign-in link requires no password, and ends every other session", async () => {
    const { email, accountId, session, password, org } = await createHijackedAccount();
    const own: SignedInAccount = await createTestSession(accountId);
    const link = await code(email, "sign-in");
    expect(await consumeSignInLink(uniqueIp(), own, { code: link })).toMatchObject({ ok: true });
    expect(await findSession(own.sessionId)).not.toBeNull();
    expect(await findSession(session.sessionId)).toBeNull();
    expect(await verifyPassword(uniqueIp(), { email, password })).toMatchObject({ ok: true });
    expect(await db().signInMethod.count({ where: { accountId } })).toBe(0);
    expect(await org.member(email)).toMatchObject({ addressConfirmed: true });
  });

  test("D9 after an Owner vouched for the address, the first proof of the mailbox still claims the account", async () => {
    const hijacked = await createHijackedAccount();
    await db().member.updateMany({ where: { email: hijacked.email }, data: { addressConfirmed: true } });
    const resetCode = await code(hijacked.email, "reset-password");
    expect(await resetPassword(uniqueIp(), { code: resetCode, password: newPassword })).toMatchObject({
      ok: true,
    });
    await expectClaimed(hijacked);
  });

  test("D9 links that the attacker requested end with the first proof of the mailbox", async () => {
    const hijacked = await createHijackedAccount();
    const signInCode = await code(hijacked.email, "sign-in");
    const resetCode = await code(hijacked.email, "reset-password");
    expect(await resetPassword(uniqueIp(), { code: resetCode, password: newPassword })).toMatchObject({
      ok: true,
    });
    expect(await consumeSignInLink(uniqueIp(), hijacked.session, { code: signInCode })).toEqual(invalidLink);
  });

  test("D9 a copied link does not give access to an existing account", async () => {
    const org = await createTestOrganization();
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password: oldPassword });
    const { code: copied } = await org.invite(lea.email);
    expect(
      await acceptInvitation(uniqueIp(), null, { code: copied, name: "Gil", password: newPassword }),
    ).toMatchObject({
      reason: "account-exists",
    });
    expect(await verifyPassword(uniqueIp(), { email: lea.email, password: oldPassword })).toMatchObject({
      ok: true,
    });
  });
});

function requestOf(organizationId: string, email: string) {
  const id = crypto.randomUUID();
  const digest = Uint8Array.from(Buffer.from(id));
  return { id, organizationId, email, status: "pending", keyId: 1, digest, confirmedAt: new Date() };
}
