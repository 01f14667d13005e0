import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { endAllOtherSessions, endOtherSession } from "@/lib/accounts/commands/end-sessions";
import { removeSignInMethod } from "@/lib/accounts/commands/remove-sign-in-method";
import { renameAccount } from "@/lib/accounts/commands/rename-account";
import { resendConfirmation } from "@/lib/accounts/commands/resend-confirmation";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { createLink } from "@/lib/accounts/links";
import { findAccountLink } from "@/lib/accounts/queries";
import { createSession, findSession, listSessions, type SignedInAccount } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { requireKey } from "@/lib/crypto/key-ring";
import { db, transaction } from "@/lib/db/client";
import { createTestAccount, createTestOrganization, uniqueEmail, uniqueIp } from "@/test/factories";

const [password, newPassword] = ["lovely geese walk", "a bridge of seven arches"];

const createLea = (verifiedAt?: null) =>
  createTestAccount(uniqueEmail("lea"), "Lea", { password, verifiedAt });

/** Creates a session of the same account in another browser. */
async function createOtherSession(account: SignedInAccount): Promise<SignedInAccount> {
  return { ...account, sessionId: await createSession(account.accountId, "elsewhere") };
}

const isActive = async ({ sessionId }: SignedInAccount) => (await findSession(sessionId)) !== null;
const isPassword = async ({ email }: SignedInAccount, input: string) =>
  (await verifyPassword(uniqueIp(), { email, password: input })).ok;

describe("renaming the account", () => {
  test("F5 a new name is stored in the account and in every organization, whose timelines log it", async () => {
    const [north, south] = [await createTestOrganization(), await createTestOrganization()];
    const tom = await north.addMember("tom");
    await db().member.create({
      data: {
        id: randomUUID(),
        organizationId: south.id,
        email: tom.email,
        name: "tom",
        accountId: tom.accountId,
        status: "blocked",
        role: "member",
      },
    });
    const signedIn = await createOtherSession({
      ...tom,
      sessionId: "",
      confirmed: true,
      language: null,
    });
    expect(await renameAccount(signedIn, { name: "Thomas" })).toEqual({
      ok: true,
      value: { name: "Thomas" },
    });
    for (const org of [north, south]) {
      const member = await org.member(tom.email);
      expect(member.name).toBe("Thomas");
      expect(await org.activity(member.id)).toContainEqual({ type: "renamed", data: {} });
    }
    const { name } = await db().account.findUniqueOrThrow({ where: { id: tom.accountId } });
    expect(name).toBe("Thomas");
    // Saving the same name again logs nothing.
    await renameAccount(signedIn, { name: "Thomas" });
    expect(await north.activity(tom.memberId)).toHaveLength(1);
  });

  test("twenty renames at the same time leave the same name everywhere", async () => {
    const orgs = [
      await createTestOrganization(),
      await createTestOrganization(),
      await createTestOrganization(),
    ];
    const lea = await createLea();
    for (const org of orgs)
      await db().member.create({
        data: {
          id: randomUUID(),
          organizationId: org.id,
          email: lea.email,
          accountId: lea.accountId,
          status: "active",
          role: "member",
        },
      });
    await Promise.all(Array.from({ length: 20 }, (_, at) => renameAccount(lea, { name: `Lea ${at}` })));
    const { name } = await db().account.findUniqueOrThrow({ where: { id: lea.accountId } });
    for (const org of orgs) expect((await org.member(lea.email)).name).toBe(name);
  });
});

describe("changing the password", () => {
  test("F5 S-SESS-2 requires the current password and ends every other session", async () => {
    const lea = await createLea();
    const other = await createOtherSession(lea);
    const change = (currentPassword: string | undefined, newValue = newPassword) =>
      changePassword(uniqueIp(), lea, { currentPassword, password: newValue });
    expect(await change(undefined)).toMatchObject({ reason: "current-missing" });
    expect(await change("wrong")).toMatchObject({ reason: "wrong-current" });
    expect(await change(password, "short")).toMatchObject({ reason: "password-short" });
    expect(await change(password, lea.email)).toMatchObject({ reason: "password-common" });
    expect([await isPassword(lea, password), await isActive(other)]).toEqual([true, true]);

    expect(await change(password)).toMatchObject({ ok: true });
    expect([await isPassword(lea, password), await isPassword(lea, newPassword)]).toEqual([false, true]);
    expect([await isActive(lea), await isActive(other)]).toEqual([true, false]);
  });

  test("F5 revokes every emailed link that signs in, but not the one that confirms the address", async () => {
    const lea = await createLea(null);
    const purposes = ["sign-in", "reset-password", "change-address", "confirm-address"] as const;
    const codes = await transaction(async (tx) => {
      const link = { accountId: lea.accountId, email: lea.email, hours: 1 };
      const secrets = new Map<string, string>();
      for (const purpose of purposes) {
        const change = purpose === "change-address" ? { changeId: randomUUID() } : {};
        secrets.set(purpose, (await createLink(tx, { ...link, purpose, ...change })).secret);
      }
      return secrets;
    });
    const isOpen = async (purpose: (typeof purposes)[number]) =>
      (await findAccountLink(uniqueIp(), purpose, codes.get(purpose) ?? "")).ok;
    expect(await Promise.all(purposes.map(isOpen))).toEqual([true, true, true, true]);

    const changed = await changePassword(uniqueIp(), lea, {
      currentPassword: password,
      password: newPassword,
    });
    expect(changed).toMatchObject({ ok: true });
    expect(await Promise.all(purposes.map(isOpen))).toEqual([false, false, false, true]);
  });

  test("wrong current passwords share the limit of sign-in: after ten, both are refused", async () => {
    const lea = await createLea();
    const guess = () => changePassword(uniqueIp(), lea, { currentPassword: "wrong", password: newPassword });
    const results = await Promise.all(Array.from({ length: 15 }, guess));
    expect(
      results.filter((signInMethod) => !signInMethod.ok && signInMethod.reason === "wrong-current"),
    ).toHaveLength(10);
    expect(await guess()).toMatchObject({
      reason: "too-many",
      params: { wait: { seconds: expect.any(Number) } },
    });
    expect(await verifyPassword(uniqueIp(), { email: lea.email, password })).toMatchObject({
      reason: "too-many",
    });
  });

  test("two browsers change it at the same time: one succeeds, and the other is signed out", async () => {
    for (let round = 0; round < 5; round++) {
      const lea = await createLea();
      const other = await createOtherSession(lea);
      const attempts = [
        { account: lea, newValue: newPassword },
        { account: other, newValue: "a kettle on a cold stove" },
      ];
      const results = await Promise.all(
        attempts.map(({ account, newValue }) =>
          changePassword(uniqueIp(), account, { currentPassword: password, password: newValue }),
        ),
      );
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const winnerIndex = results.findIndex(({ ok }) => ok);
      expect(results[1 - winnerIndex]).toMatchObject({ reason: "account-changed" });
      expect(await Promise.all(attempts.map(({ newValue }) => isPassword(lea, newValue)))).toEqual([
        winnerIndex === 0,
        winnerIndex === 1,
      ]);
      expect(await Promise.all(attempts.map(({ account }) => isActive(account)))).toEqual([
        winnerIndex === 0,
        winnerIndex === 1,
      ]);
    }
  });

  test("a session that was ended during the request changes nothing", async () => {
    const lea = await createLea();
    await endAllOtherSessions(await createOtherSession(lea));
    const input = { currentPassword: password, password: newPassword };
    expect(await changePassword(uniqueIp(), lea, input)).toMatchObject({ reason: "account-changed" });
    expect(await renameAccount(lea, { name: "Mallory" })).toMatchObject({ reason: "account-changed" });
    expect(await isPassword(lea, password)).toBe(true);
  });

  test("setting the first password requires a sign-in within 15 minutes", async () => {
    const ida = await createTestAccount(uniqueEmail("ida"), "Ida");
    await db().$executeRaw`
      UPDATE session SET created_at = clock_timestamp() - interval '15 minutes' WHERE id = ${ida.sessionId}::uuid`;
    expect(await changePassword(uniqueIp(), ida, { password: newPassword })).toMatchObject({
      reason: "sign-in-again",
    });
    const again = await createOtherSession(ida);
    expect(await changePassword(uniqueIp(), again, { password: newPassword })).toMatchObject({ ok: true });
    expect(await isPassword(ida, newPassword)).toBe(true);
  });
});

describe("sessions", () => {
  test("F5 users see their active sessions, the current one first, and can end another one or all others", async () => {
    const lea = await createLea();
    const [phone, tablet, old] = [
      await createOtherSession(lea),
      await createOtherSession(lea),
      await createOtherSession(lea),
    ];
    await db().$executeRaw`UPDATE session SET ends_at = clock_timestamp() WHERE id = ${old.sessionId}::uuid`;
    const ids = async () => (await listSessions(lea)).map(({ id }) => id);
    const [first, ...rest] = await ids();
    expect(first).toBe(lea.sessionId);
    expect(new Set(rest)).toEqual(new Set([phone.sessionId, tablet.sessionId]));

    await endOtherSession(lea, { session: phone.sessionId });
    expect([await isActive(lea), await isActive(phone), await isActive(tablet)]).toEqual([true, false, true]);
    expect(await endAllOtherSessions(lea)).toMatchObject({ ok: true });
    expect([await isActive(lea), await isActive(tablet)]).toEqual([true, false]);
    expect(await ids()).toEqual([lea.sessionId]);
  });

  test("a user cannot end another user's session, or the current one", async () => {
    const [lea, mallory] = [await createLea(), await createLea()];
    await endOtherSession(mallory, { session: lea.sessionId });
    await endOtherSession(lea, { session: lea.sessionId });
    expect(await isActive(lea)).toBe(true);
  });

  test("two browsers end all other sessions at the same time: one session stays", async () => {
    const lea = await createLea();
    const other = await createOtherSession(lea);
    const results = await Promise.all([endAllOtherSessions(lea), endAllOtherSessions(other)]);
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await Promise.all([isActive(lea), isActive(other)])).filter(Boolean)).toHaveLength(1);
  });
});

describe("login providers", () => {
  const uniqueMethod = () => ({ issuer: "https://id.example.com", subject: randomUUID() });
  const linkMethod = (accountId: string, signInMethod: { issuer: string; subject: string }) =>
    db().signInMethod.create({ data: { ...signInMethod, accountId } });

  test("F5 one can be removed while a confirmed address, a password or another provider remains", async () => {
    const accounts = [await createTestAccount(uniqueEmail("ida"), "Ida"), await createLea(null)];
    for (const account of accounts) {
      const signInMethod = uniqueMethod();
      await linkMethod(account.accountId, signInMethod);
      expect(await removeSignInMethod(account, signInMethod)).toMatchObject({ ok: true });
      expect(await db().signInMethod.count({ where: { accountId: account.accountId } })).toBe(0);
    }
  });

  test("if they are the only sign-in methods and both are removed at the same time, one stays", async () => {
    const ida = await createTestAccount(uniqueEmail("ida"), "Ida", { verifiedAt: null });
    const signInMethods = [uniqueMethod(), uniqueMethod()];
    for (const signInMethod of signInMethods) await linkMethod(ida.accountId, signInMethod);
    const results = await Promise.all(
      signInMethods.map((signInMethod) => removeSignInMethod(ida, signInMethod)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: "last-sign-in-method" });
    expect(await db().signInMethod.count({ where: { accountId: ida.accountId } })).toBe(1);
  });

  test("a user cannot remove another user's provider", async () => {
    const [lea, mallory, signInMethod] = [await createLea(), await createLea(), uniqueMethod()];
    await linkMethod(lea.accountId, signInMethod);
    await removeSignInMethod(mallory, signInMethod);
    expect(await db().signInMethod.count({ where: { accountId: lea.accountId } })).toBe(1);
  });
});

describe("the confirmation email", () => {
  const findMessages = (email: string) =>
    db().emailMessage.findMany({
      where: { toAddress: email },
      select: { kind: true, accountLink: { select: { id: true, keyId: true } } },
    });

  test("D9 can be resent five times a day, even in parallel; any of its links confirms, and then none does", async () => {
    const gil = await createLea(null);
    const results = await Promise.all(Array.from({ length: 8 }, () => resendConfirmation(gil)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(5);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ reason: "recipient-limit" });
    const sent = await findMessages(gil.email);
    expect(sent.map(({ kind }) => kind)).toEqual(Array(5).fill("address-confirmation"));

    const codes = sent.map(({ accountLink }) =>
      accountLink ? deriveSecret(requireKey(accountLink.keyId), "account-link", accountLink.id) : "",
    );
    const [first = "", second = ""] = codes;
    expect(await confirmAddress(uniqueIp(), gil, { code: second })).toMatchObject({ ok: true });
    expect(await confirmAddress(uniqueIp(), gil, { code: first })).toMatchObject({ reason: "invalid-link" });
    expect(await resendConfirmation(gil)).toMatchObject({ reason: "already-confirmed" });
  });
});
