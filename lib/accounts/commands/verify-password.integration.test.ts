import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import {
  createPasswordSession,
  endSession,
  endSessions,
  findSession,
  type SignedInAccount,
} from "@/lib/auth/session";
import { hashPassword } from "@/lib/crypto/password";
import { db, transaction } from "@/lib/db/client";
import {
  createTestAccount,
  createTestOrganization,
  createTestSession,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

const password = "lovely geese walk";

async function createLea() {
  return (await createTestAccount(uniqueEmail("lea"), "Lea", { password })).email;
}

describe("verifying a password", () => {
  test("the address is case-insensitive; a wrong password and an unknown address get the same refusal", async () => {
    const email = await createLea();
    expect(await verifyPassword(uniqueIp(), { email: email.toUpperCase(), password })).toMatchObject({
      ok: true,
    });
    const refusal = { ok: false, reason: "wrong-credentials" };
    expect(await verifyPassword(uniqueIp(), { email, password: "wrong" })).toEqual(refusal);
    expect(await verifyPassword(uniqueIp(), { email: uniqueEmail("unknown"), password })).toEqual(refusal);
    expect(await verifyPassword(uniqueIp(), { email: "no address", password })).toEqual(refusal);
  });

  test("S-LIMIT-3 after ten wrong passwords a client is refused, with the time to wait", async () => {
    const clientIp = uniqueIp();
    for (let i = 0; i < 10; i++)
      expect(await verifyPassword(clientIp, { email: uniqueEmail("x"), password: "wrong" })).toMatchObject({
        reason: "wrong-credentials",
      });
    const email = await createLea();
    expect(await verifyPassword(clientIp, { email, password })).toMatchObject({
      reason: "too-many",
      params: { wait: { seconds: expect.any(Number) } },
    });
    expect(await verifyPassword(uniqueIp(), { email, password })).toMatchObject({ ok: true });
  });

  test("S-LIMIT-1 only ten of fifty parallel guesses at one account from different clients are checked", async () => {
    const email = await createLea();
    const results = await Promise.all(
      Array.from({ length: 50 }, () => verifyPassword(uniqueIp(), { email, password: "wrong" })),
    );
    expect(results.filter((result) => !result.ok && result.reason === "wrong-credentials")).toHaveLength(10);
  });

  test("S-LIMIT-1 only failures count: a user with the right password is never refused", async () => {
    const [email, clientIp] = [await createLea(), uniqueIp()];
    for (let i = 0; i < 12; i++)
      expect(await verifyPassword(clientIp, { email, password })).toMatchObject({ ok: true });
  });
});

describe("a session created with a password", () => {
  /** Verifies the password, and creates another session in which it can be changed. */
  async function verifyLeasPassword() {
    const email = await createLea();
    const verified = await verifyPassword(uniqueIp(), { email, password });
    if (!verified.ok) throw new Error(verified.reason);
    return { ...verified.value, session: await createTestSession(verified.value.accountId) };
  }
  const newPassword = "four lovely geese";
  const change = (session: SignedInAccount) =>
    changePassword(uniqueIp(), session, { currentPassword: password, password: newPassword });

  test("is created while the password is current, and ends when the password is changed", async () => {
    const { accountId, stamp, session } = await verifyLeasPassword();
    const id = await createPasswordSession(accountId, "test", stamp);
    expect(await findSession(id ?? "")).toMatchObject({ accountId });
    expect(await change(session)).toMatchObject({ ok: true });
    expect(await findSession(id ?? "")).toBeNull();
    expect(await findSession(session.sessionId)).toMatchObject({ accountId });
  });

  test("is not created if the password was changed since it was verified", async () => {
    const { accountId, stamp, session } = await verifyLeasPassword();
    expect(await change(session)).toMatchObject({ ok: true });
    expect(await createPasswordSession(accountId, "test", stamp)).toBeNull();
    const remaining = await db().session.findMany({ where: { accountId }, select: { id: true } });
    expect(remaining).toEqual([{ id: session.sessionId }]);
  });

  test("waits for a concurrent password change, and is then not created", async () => {
    const { accountId, stamp } = await verifyLeasPassword();
    let creation: Promise<string | null> = Promise.resolve("not started");
    const passwordHash = await hashPassword(newPassword);
    await transaction(async (tx) => {
      await tx.account.update({ where: { id: accountId }, data: { passwordHash } });
      await endSessions(tx, accountId);
      creation = createPasswordSession(accountId, "test", stamp);
      // Gives it time to reach the account's lock.
      await tx.$executeRaw`SELECT pg_sleep(0.2)`;
    });
    expect(await creation).toBeNull();
    expect(await db().session.count({ where: { accountId } })).toBe(0);
  });
});

describe("a session", () => {
  test("ends when its row is deleted", async () => {
    const { sessionId } = await createTestAccount(uniqueEmail("lea"), "Lea");
    expect(await findSession(sessionId)).toMatchObject({ name: "Lea" });
    await endSession(sessionId);
    expect(await findSession(sessionId)).toBeNull();
  });

  test("S-SESS-2 ends after 8 hours idle and after 7 days, by the database's clock", async () => {
    const [idle, old] = [
      await createTestAccount(uniqueEmail("a"), "A"),
      await createTestAccount(uniqueEmail("b"), "B"),
    ];
    await db()
      .$executeRaw`UPDATE session SET seen_at = clock_timestamp() - interval '8 hours' WHERE id = ${idle.sessionId}::uuid`;
    await db().$executeRaw`UPDATE session SET ends_at = clock_timestamp() WHERE id = ${old.sessionId}::uuid`;
    expect([await findSession(idle.sessionId), await findSession(old.sessionId)]).toEqual([null, null]);
  });

  test("F3 S-AUTHZ-5 a blocked or removed user has no access at the next request", async () => {
    const org = await createTestOrganization();
    const tom = await org.addMember("tom");
    for (const status of ["blocked", "removed"]) {
      await db().member.update({ where: { id: tom.memberId }, data: { status } });
      await expect(org.actorOf(tom.accountId)).rejects.toThrow("no actor");
    }
  });
});
