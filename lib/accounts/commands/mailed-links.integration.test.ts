import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { resetPassword } from "@/lib/accounts/commands/reset-password";
import { wishLink } from "@/lib/accounts/commands/wish-link";
import { ip, mailedCode, makePerson, occupy, signIn } from "@/lib/accounts/fixture";
import { findLink } from "@/lib/accounts/queries";
import { findSession, type SignedIn } from "@/lib/auth/session";
import { closeDatabase, db } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization, someone } from "@/lib/organizations/fixture";
import { takeLink } from "@/lib/sign-in/commands/consume-sign-in-link";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const old = "lovely geese walk";
const fresh = "a bridge of seven arches";
const dead = { ok: false, reason: "dead-link" };

async function code(email: string, purpose: "sign-in" | "reset-password", organization?: string) {
  const mailed = await mailedCode(email, purpose, organization);
  if (!mailed) throw new Error("no letter is owed");
  return mailed;
}

describe("F5 wishing for a mailed link", () => {
  test.each(["sign-in", "reset-password"] as const)(
    "F5 %s: known and unknown addresses leave the same behind, ids alone in the job; a worker decides and forgets",
    async (purpose) => {
      const known = await makePerson(someone("lea"), "Lea", old);
      for (const email of [known.email, someone("nobody")]) {
        expect(await wishLink(ip(), { email: email.toUpperCase(), purpose })).toEqual({
          ok: true,
          value: { email },
        });
        const [wish] = await db().magicLinkRequest.findMany({ where: { email } });
        const jobs = await db().$queryRaw<{ data: object }[]>`
          SELECT data FROM pgboss.job WHERE name = 'links' AND data->>'wish' = ${wish?.id}`;
        expect(jobs).toEqual([{ data: { wish: wish?.id } }]);
      }
      expect(await mailedCode(known.email, purpose)).not.toBeNull();
      expect(await mailedCode(someone("nobody"), purpose)).toBeNull();
      expect(await db().magicLinkRequest.count({ where: { email: known.email } })).toBe(0);
    },
  );

  test("three a day for one address, known or not; a link that was used gives its wish back", async () => {
    const known = await makePerson(someone("lea"), "Lea", old);
    for (const email of [known.email, someone("nobody")]) {
      for (let i = 0; i < 3; i++)
        expect((await wishLink(ip(), { email, purpose: "reset-password" })).ok).toBe(true);
      expect(await wishLink(ip(), { email, purpose: "sign-in" })).toMatchObject({
        reason: "too-many-letters",
        facts: { wait: "24 hours" },
      });
    }
    const omar = await makePerson(someone("omar"), "Omar", old);
    for (let i = 0; i < 4; i++)
      expect(
        await takeLink(ip(), null, { code: await code(omar.email, "sign-in") }),
        `time ${i}`,
      ).toMatchObject({ ok: true });
  });

  test("ten an hour from one client", async () => {
    const from = ip();
    for (let i = 0; i < 10; i++)
      expect((await wishLink(from, { email: someone("x"), purpose: "sign-in" })).ok).toBe(true);
    expect(await wishLink(from, { email: someone("x"), purpose: "sign-in" })).toMatchObject({
      reason: "too-many-letters",
    });
  });

  test("whoever had their five letters of today gets no sixth, and the answer is the same", async () => {
    const { email } = await makePerson(someone("lea"), "Lea", old);
    for (let i = 0; i < 5; i++) await (await createTestOrganization()).invite(email);
    expect(await mailedCode(email, "sign-in")).toBeNull();
  });

  test("what is no address is refused before anything is counted; the longest address is one", async () => {
    expect(await wishLink(ip(), { email: "no address", purpose: "sign-in" })).toMatchObject({
      reason: "not-an-address",
    });
    const longest = `${"a".repeat(64)}@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.io`;
    expect(await wishLink(ip(), { email: longest, purpose: "sign-in" })).toMatchObject({ ok: true });
  });
});

describe("F5 a new password by mail", () => {
  test("F5 the new one works and the old one does not; every session and every other link has ended", async () => {
    const lea = await makePerson(someone("lea"), "Lea Stein", old);
    await db().signInMethod.create({
      data: { issuer: "https://id.test", subject: lea.email, accountId: lea.accountId },
    });
    const [other, reset] = [await code(lea.email, "sign-in"), await code(lea.email, "reset-password")];
    for (const bad of ["short", "password1", "lea stein"])
      expect(await resetPassword(ip(), { code: reset, password: bad })).toMatchObject({ ok: false });
    expect(await findSession(lea.sessionId)).not.toBeNull();
    expect(await resetPassword(ip(), { code: reset, password: fresh })).toMatchObject({ ok: true });
    expect(await proveByPassword(ip(), { email: lea.email, password: old })).toMatchObject({ ok: false });
    expect(await proveByPassword(ip(), { email: lea.email, password: fresh })).toMatchObject({ ok: true });
    expect(await findSession(lea.sessionId)).toBeNull();
    expect(await takeLink(ip(), null, { code: other })).toEqual(dead);
    // What was linked after a proof stays.
    expect(await db().signInMethod.count({ where: { accountId: lea.accountId } })).toBe(1);
  });

  test("F5 a link works once, also of two presses at once, for its own purpose, and until it ends", async () => {
    const lea = await makePerson(someone("lea"), "Lea", old);
    const reset = await code(lea.email, "reset-password");
    for (let look = 0; look < 20; look++)
      expect((await findLink(ip(), "reset-password", reset)).ok).toBe(true);
    expect(await takeLink(ip(), null, { code: reset })).toEqual(dead);
    const all = await Promise.all(
      [fresh, `${fresh}!`].map((password) => resetPassword(ip(), { code: reset, password })),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await resetPassword(ip(), { code: reset, password: fresh })).toEqual(dead);
    const late = await code(lea.email, "reset-password");
    await db().$executeRaw`
      UPDATE account_link SET expires_at = clock_timestamp() WHERE account_id = ${lea.accountId}::uuid`;
    expect(await resetPassword(ip(), { code: late, password: fresh })).toEqual(dead);
  });

  test("F5 what was mailed to an address that the account has left opens nothing", async () => {
    const lea = await makePerson(someone("lea"), "Lea", old);
    const left = await code(lea.email, "reset-password");
    await db().account.update({ where: { id: lea.accountId }, data: { email: someone("new") } });
    expect(await resetPassword(ip(), { code: left, password: fresh })).toEqual(dead);
  });
});

describe("F5 joining by a mailed sign-in link", () => {
  test("F5 asked for on an organization's login page it joins there, with what was promised, and nowhere else", async () => {
    const [here, elsewhere] = [await createTestOrganization(), await createTestOrganization()];
    const lea = await makePerson(someone("lea"), "Lea Stein", old);
    await here.invite(lea.email, "admin");
    await elsewhere.invite(lea.email);
    await db().invitationRequest.create({ data: requestOf(here.id, lea.email) });
    expect(await takeLink(ip(), null, { code: await code(lea.email, "sign-in", here.slug) })).toMatchObject({
      ok: true,
    });
    const member = await here.member(lea.email);
    expect(member).toMatchObject({ status: "active", role: "admin", addressConfirmed: true });
    expect((await here.activity(member.id)).at(-1)).toMatchObject({
      type: "accepted",
      data: { by: "sign-in-link" },
    });
    expect(await db().invitationRequest.findFirst({ where: { organizationId: here.id } })).toMatchObject({
      status: "approved",
    });
    expect(await elsewhere.member(lea.email)).toMatchObject({ status: "invited" });
  });

  test("F5 asked for on the installation's own login page it joins nowhere", async () => {
    const org = await createTestOrganization();
    const lea = await makePerson(someone("lea"), "Lea", old);
    await org.invite(lea.email);
    expect(await takeLink(ip(), null, { code: await code(lea.email, "sign-in") })).toMatchObject({
      ok: true,
    });
    expect(await org.member(lea.email)).toMatchObject({ status: "invited" });
  });

  test("F5 signing in races with accepting by the invitation's own link: one membership, and both are in", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await createTestOrganization();
      const lea = await makePerson(someone("lea"), "Lea", old);
      const invited = await org.invite(lea.email);
      const link = await code(lea.email, "sign-in", org.slug);
      const [signedIn, accepted] = await Promise.all([
        takeLink(ip(), null, { code: link }),
        accept(ip(), lea, { code: invited.code, proof: invited.proof }),
      ]);
      expect(signedIn).toMatchObject({ ok: true });
      if (!accepted.ok) expect(accepted.reason).toBe("accepted");
      const member = await org.member(lea.email);
      expect(member.status).toBe("active");
      expect((await org.activity(member.id)).filter(({ type }) => type === "accepted")).toHaveLength(1);
    }
  });
});

describe("D9 somebody occupies an address by a copied link, and then its person comes", () => {
  type Occupied = Awaited<ReturnType<typeof occupy>>;

  /** The account is its person's alone: confirmed, and nothing of the occupier opens it. */
  async function expectTaken({ org, email, accountId, password, session }: Occupied): Promise<void> {
    expect(await org.member(email)).toMatchObject({ addressConfirmed: true });
    expect((await org.actorOf(accountId)).role).toBe("admin");
    expect(await findSession(session.sessionId)).toBeNull();
    expect(await proveByPassword(ip(), { email, password })).toMatchObject({ ok: false });
    expect(await db().signInMethod.count({ where: { accountId } })).toBe(0);
    const living = { accountId, usedAt: null, expiresAt: { gt: new Date() } };
    expect(await db().accountLink.count({ where: living })).toBe(0);
  }

  test("D9 by a link for a new password", async () => {
    const occupied = await occupy();
    const reset = await code(occupied.email, "reset-password");
    await code(occupied.email, "sign-in");
    expect(await resetPassword(ip(), { code: reset, password: fresh })).toMatchObject({ ok: true });
    await expectTaken(occupied);
    expect(await proveByPassword(ip(), { email: occupied.email, password: fresh })).toMatchObject({
      ok: true,
    });
  });

  test("D9 by a mailed sign-in link, which asks for a new password", async () => {
    const occupied = await occupy();
    const link = await code(occupied.email, "sign-in");
    expect(await takeLink(ip(), null, { code: link })).toMatchObject({ reason: "password-missing" });
    const stranger = await makePerson(someone("omar"), "Omar", old);
    expect(await takeLink(ip(), stranger, { code: link })).toMatchObject({ reason: "password-missing" });
    expect(await takeLink(ip(), null, { code: link, password: fresh })).toMatchObject({ ok: true });
    await expectTaken(occupied);
    expect(await proveByPassword(ip(), { email: occupied.email, password: fresh })).toMatchObject({
      ok: true,
    });
  });

  test("D9 by a mailed sign-in link of another organization's login page, which joins there as well", async () => {
    const occupied = await occupy();
    const second = await createTestOrganization();
    await second.invite(occupied.email, "admin");
    const link = await code(occupied.email, "sign-in", second.slug);
    expect(await takeLink(ip(), null, { code: link, password: fresh })).toMatchObject({ ok: true });
    await expectTaken(occupied);
    expect(await second.member(occupied.email)).toMatchObject({
      status: "active",
      role: "admin",
      addressConfirmed: true,
    });
  });

  test("D9 in the account's own session a sign-in link asks for nothing, and ends every other one", async () => {
    const { email, accountId, session, password, org } = await occupy();
    const own: SignedIn = await signIn(accountId);
    const link = await code(email, "sign-in");
    expect(await takeLink(ip(), own, { code: link })).toMatchObject({ ok: true });
    expect(await findSession(own.sessionId)).not.toBeNull();
    expect(await findSession(session.sessionId)).toBeNull();
    expect(await proveByPassword(ip(), { email, password })).toMatchObject({ ok: true });
    expect(await db().signInMethod.count({ where: { accountId } })).toBe(0);
    expect(await org.member(email)).toMatchObject({ addressConfirmed: true });
  });

  test("D9 after an Owner vouched, the mailbox still decides", async () => {
    const occupied = await occupy();
    await db().member.updateMany({ where: { email: occupied.email }, data: { addressConfirmed: true } });
    const reset = await code(occupied.email, "reset-password");
    expect(await resetPassword(ip(), { code: reset, password: fresh })).toMatchObject({ ok: true });
    await expectTaken(occupied);
  });

  test("D9 the links that the occupier asked for reach the mailbox alone, and end with its first proof", async () => {
    const occupied = await occupy();
    const asked = await code(occupied.email, "sign-in");
    const reset = await code(occupied.email, "reset-password");
    expect(await resetPassword(ip(), { code: reset, password: fresh })).toMatchObject({ ok: true });
    expect(await takeLink(ip(), occupied.session, { code: asked })).toEqual(dead);
  });

  test("D9 once its person is there, a copied link gives nobody the account", async () => {
    const org = await createTestOrganization();
    const lea = await makePerson(someone("lea"), "Lea", old);
    const { code: copied } = await org.invite(lea.email);
    expect(await accept(ip(), null, { code: copied, name: "Gil", password: fresh })).toMatchObject({
      reason: "account-exists",
    });
    expect(await proveByPassword(ip(), { email: lea.email, password: old })).toMatchObject({ ok: true });
  });
});

function requestOf(organizationId: string, email: string) {
  const id = crypto.randomUUID();
  const digest = Uint8Array.from(Buffer.from(id));
  return { id, organizationId, email, status: "pending", keyId: 1, digest, confirmedAt: new Date() };
}
