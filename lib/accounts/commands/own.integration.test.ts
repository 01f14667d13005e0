import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { confirmAddress } from "@/lib/accounts/commands/confirm-address";
import { endAllOthers, endOther } from "@/lib/accounts/commands/end-sessions";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { removeMethod } from "@/lib/accounts/commands/remove-method";
import { rename } from "@/lib/accounts/commands/rename";
import { sendConfirmation } from "@/lib/accounts/commands/send-confirmation";
import { makeLink } from "@/lib/accounts/links";
import { findLink } from "@/lib/accounts/queries";
import { findSession, listSessions, openSession, type SignedIn } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { keyOf } from "@/lib/crypto/key-ring";
import { hashPassword } from "@/lib/crypto/password";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const [password, renewed] = ["lovely geese walk", "a bridge of seven arches"];
let hash = "";
beforeAll(async () => {
  hash = await hashPassword(password);
});
const ip = () => `own ${randomUUID()}`;

async function makeLea(verifiedAt: Date | null = new Date()): Promise<SignedIn> {
  const lea = await makeAccount(someone("lea"), "Lea", verifiedAt);
  await db().account.update({ where: { id: lea.accountId }, data: { passwordHash: hash } });
  return lea;
}

/** The same person, in another browser. */
async function elsewhere(person: SignedIn): Promise<SignedIn> {
  return { ...person, sessionId: await openSession(person.accountId, "elsewhere") };
}

const isIn = async ({ sessionId }: SignedIn) => (await findSession(sessionId)) !== null;
const fits = async ({ email }: SignedIn, typed: string) =>
  (await proveByPassword(ip(), { email, password: typed })).ok;

describe("the name", () => {
  test("F5 a new name is the account's and every organization's, and their timelines say that it changed", async () => {
    const [north, south] = [await createTestOrganization(), await createTestOrganization()];
    const tom = await north.seat("tom");
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
    const signedIn = await elsewhere({ ...tom, sessionId: "", confirmed: true });
    expect(await rename(signedIn, { name: "Thomas" })).toEqual({ ok: true, value: { name: "Thomas" } });
    for (const org of [north, south]) {
      const member = await org.member(tom.email);
      expect(member.name).toBe("Thomas");
      expect(await org.activity(member.id)).toContainEqual({ type: "renamed", data: {} });
    }
    const { name } = await db().account.findUniqueOrThrow({ where: { id: tom.accountId } });
    expect(name).toBe("Thomas");
    // The same name again is no news.
    await rename(signedIn, { name: "Thomas" });
    expect(await north.activity(tom.memberId)).toHaveLength(1);
  });

  test("twenty names at once: everywhere the same one remains", async () => {
    const orgs = [
      await createTestOrganization(),
      await createTestOrganization(),
      await createTestOrganization(),
    ];
    const lea = await makeLea();
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
    await Promise.all(Array.from({ length: 20 }, (_, at) => rename(lea, { name: `Lea ${at}` })));
    const { name } = await db().account.findUniqueOrThrow({ where: { id: lea.accountId } });
    for (const org of orgs) expect((await org.member(lea.email)).name).toBe(name);
  });
});

describe("the password", () => {
  test("F5 a new one takes the current one, counts from now on, and ends every other session", async () => {
    const lea = await makeLea();
    const other = await elsewhere(lea);
    const change = (currentPassword: string | undefined, next = renewed) =>
      changePassword(ip(), lea, { currentPassword, password: next });
    expect(await change(undefined)).toMatchObject({ reason: "current-missing" });
    expect(await change("wrong")).toMatchObject({ reason: "wrong-current" });
    expect(await change(password, "short")).toMatchObject({ reason: "password-short" });
    expect(await change(password, lea.email)).toMatchObject({ reason: "password-common" });
    expect([await fits(lea, password), await isIn(other)]).toEqual([true, true]);

    expect(await change(password)).toMatchObject({ ok: true });
    expect([await fits(lea, password), await fits(lea, renewed)]).toEqual([false, true]);
    expect([await isIn(lea), await isIn(other)]).toEqual([true, false]);
  });

  test("F5 a new one ends every mailed link that lets somebody in, and leaves the confirmation of the mailbox", async () => {
    const lea = await makeLea(null);
    const links = ["sign-in", "reset-password", "change-address", "confirm-address"] as const;
    const codes = await transaction(async (tx) => {
      const made = { accountId: lea.accountId, email: lea.email, hours: 1 };
      const secrets = new Map<string, string>();
      for (const purpose of links) {
        const change = purpose === "change-address" ? { changeId: randomUUID() } : {};
        secrets.set(purpose, (await makeLink(tx, { ...made, purpose, ...change })).secret);
      }
      return secrets;
    });
    const opens = async (purpose: (typeof links)[number]) =>
      (await findLink(ip(), purpose, codes.get(purpose) ?? "")).ok;
    expect(await Promise.all(links.map(opens))).toEqual([true, true, true, true]);

    const changed = await changePassword(ip(), lea, { currentPassword: password, password: renewed });
    expect(changed).toMatchObject({ ok: true });
    expect(await Promise.all(links.map(opens))).toEqual([false, false, false, true]);
  });

  test("guesses at the current one are counted with those of sign-in: ten, then a pause at both doors", async () => {
    const lea = await makeLea();
    const guess = () => changePassword(ip(), lea, { currentPassword: "wrong", password: renewed });
    const answers = await Promise.all(Array.from({ length: 15 }, guess));
    expect(answers.filter((one) => !one.ok && one.reason === "wrong-current")).toHaveLength(10);
    expect(await guess()).toMatchObject({
      reason: "too-many",
      facts: { wait: expect.stringMatching(/minutes$/) },
    });
    expect(await proveByPassword(ip(), { email: lea.email, password })).toMatchObject({ reason: "too-many" });
  });

  test("two browsers change it at once: one wins, and the other is signed out with nothing changed", async () => {
    for (let round = 0; round < 5; round++) {
      const lea = await makeLea();
      const other = await elsewhere(lea);
      const both = [
        { person: lea, next: renewed },
        { person: other, next: "a kettle on a cold stove" },
      ];
      const answers = await Promise.all(
        both.map(({ person, next }) =>
          changePassword(ip(), person, { currentPassword: password, password: next }),
        ),
      );
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      const won = answers.findIndex(({ ok }) => ok);
      expect(answers[1 - won]).toMatchObject({ reason: "changed-meanwhile" });
      expect(await Promise.all(both.map(({ next }) => fits(lea, next)))).toEqual([won === 0, won === 1]);
      expect(await Promise.all(both.map(({ person }) => isIn(person)))).toEqual([won === 0, won === 1]);
    }
  });

  test("a session that was ended while the request was on its way changes nothing", async () => {
    const lea = await makeLea();
    await endAllOthers(await elsewhere(lea));
    const typed = { currentPassword: password, password: renewed };
    expect(await changePassword(ip(), lea, typed)).toMatchObject({ reason: "changed-meanwhile" });
    expect(await rename(lea, { name: "Mallory" })).toMatchObject({ reason: "changed-meanwhile" });
    expect(await fits(lea, password)).toBe(true);
  });

  test("without a password the first one takes a sign-in of the last quarter of an hour", async () => {
    const ida = await makeAccount(someone("ida"), "Ida");
    await db().$executeRaw`
      UPDATE session SET created_at = clock_timestamp() - interval '15 minutes' WHERE id = ${ida.sessionId}::uuid`;
    expect(await changePassword(ip(), ida, { password: renewed })).toMatchObject({ reason: "sign-in-again" });
    const again = await elsewhere(ida);
    expect(await changePassword(ip(), again, { password: renewed })).toMatchObject({ ok: true });
    expect(await fits(ida, renewed)).toBe(true);
  });
});

describe("sessions", () => {
  test("F5 one sees one's own living sessions, this one first, and ends another or all others", async () => {
    const lea = await makeLea();
    const [phone, tablet, old] = [await elsewhere(lea), await elsewhere(lea), await elsewhere(lea)];
    await db().$executeRaw`UPDATE session SET ends_at = clock_timestamp() WHERE id = ${old.sessionId}::uuid`;
    const ids = async () => (await listSessions(lea)).map(({ id }) => id);
    const [first, ...rest] = await ids();
    expect(first).toBe(lea.sessionId);
    expect(new Set(rest)).toEqual(new Set([phone.sessionId, tablet.sessionId]));

    await endOther(lea, { session: phone.sessionId });
    expect([await isIn(lea), await isIn(phone), await isIn(tablet)]).toEqual([true, false, true]);
    expect(await endAllOthers(lea)).toMatchObject({ ok: true });
    expect([await isIn(lea), await isIn(tablet)]).toEqual([true, false]);
    expect(await ids()).toEqual([lea.sessionId]);
  });

  test("nobody ends a session of somebody else, nor by this way their own", async () => {
    const [lea, mallory] = [await makeLea(), await makeLea()];
    await endOther(mallory, { session: lea.sessionId });
    await endOther(lea, { session: lea.sessionId });
    expect(await isIn(lea)).toBe(true);
  });

  test("two browsers end all others at once: one of them stays", async () => {
    const lea = await makeLea();
    const other = await elsewhere(lea);
    const answers = await Promise.all([endAllOthers(lea), endAllOthers(other)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await Promise.all([isIn(lea), isIn(other)])).filter(Boolean)).toHaveLength(1);
  });
});

describe("providers", () => {
  const method = () => ({ issuer: "https://id.example.com", subject: randomUUID() });
  const add = (accountId: string, one: { issuer: string; subject: string }) =>
    db().signInMethod.create({ data: { ...one, accountId } });

  test("F5 one is removed while the mailbox, a password or another one opens the account", async () => {
    const ways = [await makeAccount(someone("ida"), "Ida"), await makeLea(null)];
    for (const person of ways) {
      const one = method();
      await add(person.accountId, one);
      expect(await removeMethod(person, one)).toMatchObject({ ok: true });
      expect(await db().signInMethod.count({ where: { accountId: person.accountId } })).toBe(0);
    }
  });

  test("of the last two of an account with no other way in, both removed at once, one stays", async () => {
    const ida = await makeAccount(someone("ida"), "Ida", null);
    const two = [method(), method()];
    for (const one of two) await add(ida.accountId, one);
    const answers = await Promise.all(two.map((one) => removeMethod(ida, one)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: "last-way" });
    expect(await db().signInMethod.count({ where: { accountId: ida.accountId } })).toBe(1);
  });

  test("nobody removes somebody else's", async () => {
    const [lea, mallory, one] = [await makeLea(), await makeLea(), method()];
    await add(lea.accountId, one);
    await removeMethod(mallory, one);
    expect(await db().signInMethod.count({ where: { accountId: lea.accountId } })).toBe(1);
  });
});

describe("the confirmation letter", () => {
  const letters = (email: string) =>
    db().emailMessage.findMany({
      where: { toAddress: email },
      select: { kind: true, accountLink: { select: { id: true, keyId: true } } },
    });

  test("D9 it is sent again five times a day, also when asked for at once; each of them confirms, and then none does", async () => {
    const gil = await makeLea(null);
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendConfirmation(gil)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ reason: "recipient-limit" });
    const sent = await letters(gil.email);
    expect(sent.map(({ kind }) => kind)).toEqual(Array(5).fill("address-confirmation"));

    const codes = sent.map(({ accountLink }) =>
      accountLink ? deriveSecret(keyOf(accountLink.keyId), "account-link", accountLink.id) : "",
    );
    const [first = "", second = ""] = codes;
    expect(await confirmAddress(ip(), gil, { code: second })).toMatchObject({ ok: true });
    expect(await confirmAddress(ip(), gil, { code: first })).toMatchObject({ reason: "dead-link" });
    expect(await sendConfirmation(gil)).toMatchObject({ reason: "already-confirmed" });
  });
});
