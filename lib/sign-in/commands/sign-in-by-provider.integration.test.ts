import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { ip, mailedCode, makePerson, occupy } from "@/lib/accounts/fixture";
import type { Identity } from "@/lib/auth/openid";
import { findSession } from "@/lib/auth/session";
import { closeDatabase, db } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";
import { linkWaiting } from "@/lib/sign-in/commands/link-identity";
import { signInByProvider } from "@/lib/sign-in/commands/sign-in-by-provider";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const password = "lovely geese walk";

function identity(email: string | null, more: Partial<Identity> = {}): Identity {
  return { issuer: "https://id.test", subject: randomUUID(), email, name: "Lea Stein", ...more };
}

describe("F5 joining through a provider", () => {
  test("F5 a new person joins the organization whose login page was used, with role and policies of its invitation", async () => {
    const [here, elsewhere] = [await createTestOrganization(), await createTestOrganization()];
    const { email } = await here.invite(undefined, "admin");
    await elsewhere.invite(email);
    const lea = identity(email);
    expect(await signInByProvider(null, lea, here.slug)).toMatchObject({ ok: true, value: { joined: true } });
    const member = await here.member(email);
    expect(member).toMatchObject({
      status: "active",
      role: "admin",
      name: "Lea Stein",
      addressConfirmed: true,
    });
    expect((await here.activity(member.id)).at(-1)).toMatchObject({
      type: "accepted",
      data: { by: "openid-connect" },
    });
    expect(await elsewhere.member(email)).toMatchObject({ status: "invited" });
    // From then on the method opens the account, whatever address it has by then.
    for (const said of [lea, { ...lea, email: null }, { ...lea, email: someone("other") }])
      expect(await signInByProvider(null, said, undefined)).toMatchObject({
        ok: true,
        value: { accountId: member.accountId, joined: false },
      });
  });

  test("F5 the linked method joins by the verified address of the account alone", async () => {
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

  test("F5 without an invitation, or with one that has ended, nothing is made", async () => {
    const org = await createTestOrganization();
    const ended = await org.invite();
    await expire(ended.invitation);
    for (const [email, slug] of [
      [someone("nobody"), org.slug],
      [ended.email, org.slug],
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

  test("F5 an open request of the address counts as answered", async () => {
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

  test("F5 in two tabs at once, and against the invitation's own link: one account, one membership", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await createTestOrganization();
      const { email, code, proof } = await org.invite();
      const lea = identity(email);
      const outcomes = await Promise.all([
        signInByProvider(null, lea, org.slug),
        signInByProvider(null, lea, org.slug),
        accept(ip(), null, { code, proof, name: "Lea", password }),
      ]);
      expect(outcomes.some(({ ok }) => ok)).toBe(true);
      for (const outcome of outcomes)
        if (!outcome.ok) expect(["prove-first", "accepted", "account-exists"]).toContain(outcome.reason);
      expect(await db().account.count({ where: { email } })).toBe(1);
      const member = await org.member(email);
      expect(member.status).toBe("active");
      expect((await org.activity(member.id)).filter(({ type }) => type === "accepted")).toHaveLength(1);
    }
  });
});

describe("F5 an account that is there already", () => {
  test("F5 a confirmed one is proven by what it has before a provider opens it; its password stays", async () => {
    const lea = await makePerson(someone("lea"), "Lea", password);
    const said = identity(lea.email);
    const other = await makePerson(someone("omar"), "Omar", password);
    for (const signedIn of [null, other])
      expect(await signInByProvider(signedIn, said, undefined)).toEqual({ ok: false, reason: "prove-first" });
    // Somebody else logging in on the same browser gets nothing of it.
    await linkWaiting(other.accountId, said);
    expect(await signInByProvider(null, said, undefined)).toMatchObject({ ok: false });
    await linkWaiting(lea.accountId, said);
    expect(await signInByProvider(null, said, undefined)).toMatchObject({
      ok: true,
      value: { accountId: lea.accountId },
    });
    expect(await proveByPassword(ip(), { email: lea.email, password })).toMatchObject({ ok: true });
    expect(await findSession(lea.sessionId)).not.toBeNull();
  });

  test("F5 in the account's own session the provider is linked at once", async () => {
    const lea = await makePerson(someone("lea"), "Lea", password);
    const said = identity(lea.email);
    expect(await signInByProvider(lea, said, undefined)).toMatchObject({ ok: true });
    expect(await signInByProvider(null, said, undefined)).toMatchObject({ ok: true });
  });

  test("F5 a name that nobody could have is replaced by the address", async () => {
    const org = await createTestOrganization();
    for (const name of [null, "   ", "x".repeat(400)]) {
      const { email } = await org.invite();
      await signInByProvider(null, identity(email, { name }), org.slug);
      const shown = (await org.member(email)).name;
      expect(shown).toBe(name?.trim() ? "x".repeat(100) : email.split("@")[0]);
    }
  });
});

describe("D9 somebody occupies an address by a copied link, and then its person comes through a provider", () => {
  test.each(["from nowhere", "from the login page of another organization"])("D9 %s", async (where) => {
    const { org, email, accountId, password: theirs, session } = await occupy();
    const second = await createTestOrganization();
    await second.invite(email, "admin");
    const mailed = await mailedCode(email, "sign-in");
    const lea = identity(email, { name: "The real Lea" });
    const slug = where === "from nowhere" ? undefined : second.slug;
    expect(await signInByProvider(null, lea, slug)).toMatchObject({ ok: true, value: { accountId } });
    expect(await findSession(session.sessionId)).toBeNull();
    expect(await proveByPassword(ip(), { email, password: theirs })).toMatchObject({ ok: false });
    expect(await db().signInMethod.findMany({ where: { accountId }, select: { subject: true } })).toEqual([
      { subject: lea.subject },
    ]);
    expect(mailed).not.toBeNull();
    const living = { accountId, usedAt: null, expiresAt: { gt: new Date() } };
    expect(await db().accountLink.count({ where: living })).toBe(0);
    expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({
      name: "The real Lea",
      passwordHash: null,
    });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect((await second.member(email)).status).toBe(slug ? "active" : "invited");
  });

  test("D9 the occupier's own provider says nothing about the address: it confirms nothing and joins nothing", async () => {
    const { email, accountId } = await occupy();
    const evil = { issuer: "https://evil.test", subject: accountId, name: "Gil" };
    const second = await createTestOrganization();
    await second.invite(email);
    for (const said of [null, someone("gil")])
      expect(await signInByProvider(null, { ...evil, email: said }, second.slug)).toMatchObject({
        ok: true,
        value: { accountId, joined: false },
      });
    expect(await db().account.findUnique({ where: { id: accountId } })).toMatchObject({ verifiedAt: null });
    expect(await second.member(email)).toMatchObject({ status: "invited" });
  });
});
