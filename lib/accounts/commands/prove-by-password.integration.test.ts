import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { signIn } from "@/lib/accounts/fixture";
import { endSession, endSessions, findSession, openByPassword, type SignedIn } from "@/lib/auth/session";
import { hashPassword } from "@/lib/crypto/password";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";

afterAll(closeDatabase);

const password = "lovely geese walk";
let hash = "";
beforeAll(async () => {
  hash = await hashPassword(password);
});
const ip = () => `2001:db8:${Math.floor(Math.random() * 65536).toString(16)}::/64 ${randomUUID()}`;

async function makeLea() {
  const email = someone("lea");
  await db().account.create({ data: { email, name: "Lea", passwordHash: hash } });
  return email;
}

describe("signing in with a password", () => {
  test("the address may be written in capitals; a wrong password and an unknown address get the same answer", async () => {
    const email = await makeLea();
    expect(await proveByPassword(ip(), { email: email.toUpperCase(), password })).toMatchObject({ ok: true });
    const refused = { ok: false, reason: "wrong-credentials" };
    expect(await proveByPassword(ip(), { email, password: "wrong" })).toEqual(refused);
    expect(await proveByPassword(ip(), { email: someone("nobody"), password })).toEqual(refused);
    expect(await proveByPassword(ip(), { email: "no address", password })).toEqual(refused);
  });

  test("ten wrong passwords from one client are followed by a pause, said with its length", async () => {
    const from = ip();
    for (let i = 0; i < 10; i++)
      expect(await proveByPassword(from, { email: someone("x"), password: "wrong" })).toMatchObject({
        reason: "wrong-credentials",
      });
    const email = await makeLea();
    expect(await proveByPassword(from, { email, password })).toMatchObject({
      reason: "too-many",
      facts: { wait: expect.stringMatching(/^\d+ minutes$/) },
    });
    expect(await proveByPassword(ip(), { email, password })).toMatchObject({ ok: true });
  });

  test("fifty guesses at once at one account, each from elsewhere: ten are looked at", async () => {
    const email = await makeLea();
    const all = await Promise.all(
      Array.from({ length: 50 }, () => proveByPassword(ip(), { email, password: "wrong" })),
    );
    expect(all.filter((one) => !one.ok && one.reason === "wrong-credentials")).toHaveLength(10);
  });

  test("whoever signs in rightly is never paused: only failures count", async () => {
    const [email, from] = [await makeLea(), ip()];
    for (let i = 0; i < 12; i++)
      expect(await proveByPassword(from, { email, password })).toMatchObject({ ok: true });
  });
});

describe("a session by a password", () => {
  /** Somebody who knows the password has just typed it, while its person changes it. */
  async function typed() {
    const email = await makeLea();
    const proof = await proveByPassword(ip(), { email, password });
    if (!proof.ok) throw new Error(proof.reason);
    return { ...proof.value, own: await signIn(proof.value.accountId) };
  }
  const next = "four lovely geese";
  const change = (own: SignedIn) => changePassword(ip(), own, { currentPassword: password, password: next });

  test("is opened while the password is the account's, and ends with every other one when it is changed", async () => {
    const { accountId, stamp, own } = await typed();
    const id = await openByPassword(accountId, "test", stamp);
    expect(await findSession(id ?? "")).toMatchObject({ accountId });
    expect(await change(own)).toMatchObject({ ok: true });
    expect(await findSession(id ?? "")).toBeNull();
    expect(await findSession(own.sessionId)).toMatchObject({ accountId });
  });

  test("is not opened by a password that was changed since it was typed", async () => {
    const { accountId, stamp, own } = await typed();
    expect(await change(own)).toMatchObject({ ok: true });
    expect(await openByPassword(accountId, "test", stamp)).toBeNull();
    const left = await db().session.findMany({ where: { accountId }, select: { id: true } });
    expect(left).toEqual([{ id: own.sessionId }]);
  });

  test("is not opened by whoever comes in the middle of the change, and waits for its end", async () => {
    const { accountId, stamp } = await typed();
    let opening: Promise<string | null> = Promise.resolve("not begun");
    const passwordHash = await hashPassword(next);
    await transaction(async (tx) => {
      await tx.account.update({ where: { id: accountId }, data: { passwordHash } });
      await endSessions(tx, accountId);
      opening = openByPassword(accountId, "test", stamp);
      // It is at the account's lock by now.
      await tx.$executeRaw`SELECT pg_sleep(0.2)`;
    });
    expect(await opening).toBeNull();
    expect(await db().session.count({ where: { accountId } })).toBe(0);
  });
});

describe("a session", () => {
  test("ends at once when its row goes", async () => {
    const { sessionId } = await makeAccount(someone("lea"), "Lea");
    expect(await findSession(sessionId)).toMatchObject({ name: "Lea" });
    await endSession(sessionId);
    expect(await findSession(sessionId)).toBeNull();
  });

  test("ends after 8 idle hours and after 7 days in all, by the database's clock", async () => {
    const [idle, old] = [await makeAccount(someone("a"), "A"), await makeAccount(someone("b"), "B")];
    await db()
      .$executeRaw`UPDATE session SET seen_at = clock_timestamp() - interval '8 hours' WHERE id = ${idle.sessionId}::uuid`;
    await db().$executeRaw`UPDATE session SET ends_at = clock_timestamp() WHERE id = ${old.sessionId}::uuid`;
    expect([await findSession(idle.sessionId), await findSession(old.sessionId)]).toEqual([null, null]);
  });

  test("F3 blocking or removing ends what somebody may do by their next request", async () => {
    const org = await createTestOrganization();
    const tom = await org.seat("tom");
    for (const status of ["blocked", "removed"]) {
      await db().member.update({ where: { id: tom.memberId }, data: { status } });
      await expect(org.actorOf(tom.accountId)).rejects.toThrow("no actor");
    }
  });
});
