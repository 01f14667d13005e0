import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { createHijackedAccount, requestLinkCode } from "@/lib/accounts/fixture";
import type { Identity } from "@/lib/auth/openid";
import { findSession } from "@/lib/auth/session";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { linkRememberedIdentity } from "@/lib/sign-in/commands/link-identity";
import { signInByProvider } from "@/lib/sign-in/commands/sign-in-by-provider";
import {
  createTestAccount,
  createTestOrganization,
  expireInvitation,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

const password = "lovely geese walk";

function identity(email: string | null, overrides: Partial<Identity> = {}): Identity {
  return { issuer: "https://id.test", subject: randomUUID(), email, name: "Lea Stein", ...overrides };
}

describe("F5 joining by a login provider", () => {
  test("F5 a new user joins the organization whose login page was used, with the invited role", async () => {
    const [org, otherOrg] = [await createTestOrganization(), await createTestOrganization()];
    const { email } = await org.invite(undefined, "admin");
    await otherOrg.invite(email);
    const lea = identity(email);
    expect(await signInByProvider(null, lea, org.slug)).toMatchObject({ ok: true, value: { joined: true } });
    const member = await org.member(email);
    expect(member).toMatchObject({
      status: "active",
      role: "admin",
      name: "Lea Stein",
      addressConfirmed: true,
    });
    expect((await org.activity(member.id)).at(-1)).toMatchObject({
      type: "accepted",
      data: { by: "openid-connect" },
    });
    expect(await otherOrg.member(email)).toMatchObject({ status: "invited" });
    // The linked identity then signs in to the account, regardless of its address.
    for (const linked of [lea, { ...lea, email: null }, { ...lea, email: uniqueEmail("other") }])
      expect(await signInByProvider(null, linked, undefined)).toMatchObject({
        ok: true,
        value: { accountId: member.accountId, joined: false },
      });
  });

  test("F5 a linked identity only joins by the verified address of the account", async () => {
    const [first, second] = [await createTestOrganization(), await createTestOrganization()];
    const { email } = await first.invite();
    const lea = identity(email);
    await signInByProvider(null, lea, first.slug);
    await second.invite(email);
    await signInByProvider(null, { ...lea, email: null }, second.slug);
    const foreign = await second.invite();
    await signInByProvider(null, { ...lea, email: foreign.email }, second.slug);
    expect(await second.member(email)).toMatchObject({ status: "invited" });
    expect(await second.member(foreign.email)).toMatchObject({ status: "invited" });
    await signInByProvider(null, lea, second.slug);
    expect(await second.member(email)).toMatchObject({ status: "active" });
  });

  test("F5 without an open invitation no account is created", async () => {
    const org = await createTestOrganization();
    const expired = await org.invite();
    await expireInvitation(expired.invitation);
    for (const [email, slug] of [
      [uniqueEmail("unknown"), org.slug],
      [expired.email, org.slug],
      [(await org.invite()).email, undefined],
      [(await org.invite()).email, (await createTestOrganization()).slug],
    ] as const) {
      expect(await signInByProvider(null, identity(email), slug)).toEqual({
        ok: false,
        reason: "no-account",
      });
      expect(await db().account.count({ where: { email } })).toBe(0);
    }
    expect(await signInByProvider(null, identity(null), org.slug)).toEqual({
      ok: false,
      reason: "address-unverified",
    });
  });

  test("F5 an open request of the address is approved", async () => {
    const org = await createTestOrganization();
    const { email } = await org.invite();
    const digest = Uint8Array.from(Buffer.from(randomUUID()));
    const request = { id: randomUUID(), organizationId: org.id, email, keyId: 1, digest };
    await db().invitationRequest.create({
      data: { ...request, status: "pending", confirmedAt: new Date() },
    });
    await signInByProvider(null, identity(email), org.slug);
    expect(await db().invitationRequest.findUnique({ where: { id: request.id } })).toMatchObject({
      status: "approved",
    });
  });

  test("F5 signing in from two tabs while the invitation's own link is accepted creates one account and one membership", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await createTestOrganization();
      const { email, code, proof } = await org.invite();
      const lea = identity(email);
      const results = await Promise.all([
        signInByProvider(null, lea, org.slug),
        signInByProvider(null, lea, org.slug),
        acceptInvitation(uniqueIp(), null, { code, proof, name: "Lea", password }),
      ]);
      expect(results.some(({ ok }) => ok)).toBe(true);
      for (const result of results)
        if (!result.ok) expect(["prove-first", "accepted", "account-exists"]).toContain(result.reason);
      expect(await db().account.count({ where: { email } })).toBe(1);
      const member = await org.member(email);
      expect(member.status).toBe("active");
      expect((await org.activity(member.id)).filter(({ type }) => type === "accepted")).toHaveLength(1);
    }
  });
});

describe("F5 an existing account", () => {
  test("F5 a confirmed account must sign in another way before a provider is linked; its password stays", async () => {
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password });
    const leasIdentity = identity(lea.email);
    const other = await createTestAccount(uniqueEmail("omar"), "Omar", { password });
    for (const signedIn of [null, other])
      expect(await signInByProvider(signedIn, leasIdentity, undefined)).toEqual({
        ok: false,
        reason: "prove-first",
      });
    // Another user who signs in on the same browser does not get the identity.
    await linkRememberedIdentity(other.accountId, leasIdentity);
    expect(await signInByProvider(null, leasIdentity, undefined)).toMatchObject({ ok: false });
    await linkRememberedIdentity(lea.accountId, leasIdentity);
    expect(await signInByProvider(null, leasIdentity, undefined)).toMatchObject({
      ok: true,
      value: { accountId: lea.accountId },
    });
    expect(await verifyPassword(uniqueIp(), { email: lea.email, password })).toMatchObject({ ok: true });
    expect(await findSession(lea.sessionId)).not.toBeNull();
  });

  test("F5 in the account's own session the provider is linked immediately", async () => {
    const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password });
    const leasIdentity = identity(lea.email);
    expect(await signInByProvider(lea, leasIdentity, undefined)).toMatchObject({ ok: true });
    expect(await signInByProvider(null, leasIdentity, undefined)).toMatchObject({ ok: true });
  });

  test("F5 an unusable name is replaced by the address or truncated", async () => {
    const org = await createTestOrganization();
    for (const name of [null, "   ", "x".repeat(400)]) {
      const { email } = await org.invite();
      await signInByProvider(null, identity(email, { name }), org.slug);
      const memberName = (await org.member(email)).name;
      expect(memberName).toBe(name?.trim() ? "x".repeat(100) : email.split("@")[0]);
    }
  });
});

describe("D9 S-LINK-12 an attacker joined under an address with a copied link; then its owner signs in with a provider", () => {
  test.each(["the installation's login page", "another organization's login page"])(
    "D9 signing in from %s claims the account",
    async (origin) => {
      const { org, email, accountId, password: attackerPassword, session } = await createHijackedAccount();
      const second = await createTestOrganization();
      await second.invite(email, "admin");
      const emailedCode = await requestLinkCode(email, "sign-in");
      const lea = identity(email, { name: "The real Lea" });
      const slug = origin === "the installation's login page" ? undefined : second.slug;
      expect(await signInByProvider(null, lea, slug)).toMatchObject({ ok: true, value: { accountId } });
      expect(await findSession(session.sessionId)).toBeNull();
      expect(await verifyPassword(uniqueIp(), { email, password: attackerPassword })).toMatchObject({
        ok: false,
      });
      expect(await db().signInMethod.findMany({ where: { accountId }, select: { subject: true } })).toEqual([
        { subject: lea.subject },
      ]);
      expect(emailedCode).not.toBeNull();
      const openLinks = { accountId, usedAt: null, expiresAt: { gt: new Date() } };
      expect(await db().accountLink.count({ where: openLinks })).toBe(0);
      expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({
        name: "The real Lea",
        passwordHash: null,
      });
      expect((await org.actorOf(accountId)).role).toBe("admin");
      expect((await second.member(email)).status).toBe(slug ? "active" : "invited");
    },
  );

  test("D9 the attacker's own provider neither confirms the address nor joins", async () => {
    const { email, accountId } = await createHijackedAccount();
    const attacker = { issuer: "https://evil.test", subject: accountId, name: "Gil" };
    const second = await createTestOrganization();
    await second.invite(email);
    for (const claimedEmail of [null, uniqueEmail("gil")])
      expect(await signInByProvider(null, { ...attacker, email: claimedEmail }, second.slug)).toMatchObject({
        ok: true,
        value: { accountId, joined: false },
      });
    expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({ verifiedAt: null });
    expect(await second.member(email)).toMatchObject({ status: "invited" });
  });
});
