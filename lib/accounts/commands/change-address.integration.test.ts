import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { agreeToChange } from "@/lib/accounts/commands/agree-to-change";
import { askToChangeAddress } from "@/lib/accounts/commands/ask-to-change-address";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { cancelAddressChange } from "@/lib/accounts/commands/end-address-change";
import { endAllOthers } from "@/lib/accounts/commands/end-sessions";
import { proveByPassword } from "@/lib/accounts/commands/prove-by-password";
import { rename } from "@/lib/accounts/commands/rename";
import { makeLink } from "@/lib/accounts/links";
import { findAddressChange, findLink } from "@/lib/accounts/queries";
import { findSession, type SignedIn } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { keyOf } from "@/lib/crypto/key-ring";
import { hashPassword } from "@/lib/crypto/password";
import { closeDatabase, db, transaction } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { revoke } from "@/lib/invitations/commands/revoke";
import { undoRevoke } from "@/lib/invitations/commands/undo-revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { remove } from "@/lib/members/commands/remove";
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
const ip = () => `change ${randomUUID()}`;

async function makeLea(...orgs: Awaited<ReturnType<typeof createTestOrganization>>[]): Promise<SignedIn> {
  const lea = await makeAccount(someone("lea"), "Lea");
  await db().account.update({ where: { id: lea.accountId }, data: { passwordHash: hash } });
  for (const org of orgs) await seat(lea, org.id, "active");
  return lea;
}

async function seat({ accountId, email, name }: SignedIn, organizationId: string, status: string) {
  const place = { id: randomUUID(), organizationId, accountId, email, name, status, role: "member" };
  await db().member.create({ data: { ...place, addressConfirmed: true } });
}

const ask = (person: SignedIn, email: string) =>
  askToChangeAddress(ip(), person, { email, currentPassword: password });
const agree = (person: SignedIn | null, code: string) => agreeToChange(ip(), person, { code });
const addressOf = async ({ accountId }: SignedIn) =>
  (await db().account.findUniqueOrThrow({ where: { id: accountId } })).email;

/** What the newest letter to a mailbox carries. */
async function codeAt(mailbox: string): Promise<string> {
  const { accountLink } = await db().emailMessage.findFirstOrThrow({
    where: { toAddress: mailbox, kind: "address-change" },
    orderBy: { createdAt: "desc" },
    select: { accountLink: { select: { id: true, keyId: true } } },
  });
  return accountLink ? deriveSecret(keyOf(accountLink.keyId), "account-link", accountLink.id) : "";
}

/** Asks, and answers both codes. */
async function askBoth(person: SignedIn, to: string) {
  expect(await ask(person, to)).toMatchObject({ ok: true });
  return { old: await codeAt(person.email), new: await codeAt(to) };
}

/** Until some statement with these words waits for a lock. */
async function waiting(words: string): Promise<void> {
  await expect
    .poll(
      () => db().$queryRaw`
      SELECT 1 AS waits FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND position(${words} IN query) > 0
        AND pid <> pg_backend_pid()`,
      { timeout: 10_000 },
    )
    .not.toEqual([]);
}

const dead = { ok: false, reason: "dead-link" };
const done = { ok: true, value: null };

describe("a change of address", () => {
  test.each(["old", "new"] as const)(
    "F5 it is made once both mailboxes have agreed, the %s one first, in every organization",
    async (first) => {
      const [north, south] = [await createTestOrganization(), await createTestOrganization()];
      const lea = await makeLea(north);
      await seat(lea, south.id, "blocked");
      const to = someone("lea-stein");
      expect(await ask(lea, to.toUpperCase())).toEqual(done);
      const codes = { old: await codeAt(lea.email), new: await codeAt(to) };
      const waiting = { to, oldAgreed: false, newAgreed: false };
      expect((await findAddressChange(lea)).open).toMatchObject(waiting);

      expect(await agree(lea, codes[first])).toEqual(done);
      expect(await addressOf(lea)).toBe(lea.email);
      expect((await findAddressChange(lea)).open).toMatchObject({ ...waiting, [`${first}Agreed`]: true });
      expect(await agree(lea, codes[first])).toEqual(dead);

      expect(await agree(lea, codes[first === "old" ? "new" : "old"])).toEqual(done);
      expect(await addressOf(lea)).toBe(to);
      for (const [org, status] of [
        [north, "active"],
        [south, "blocked"],
      ] as const) {
        const member = await org.member(to);
        expect(member).toMatchObject({ status, accountId: lea.accountId, addressConfirmed: true });
        expect(await org.activity(member.id)).toEqual([{ type: "address-changed", data: {} }]);
        expect(await db().member.count({ where: { organizationId: org.id, email: lea.email } })).toBe(0);
      }
      expect(await findSession(lea.sessionId)).toMatchObject({ email: to, confirmed: true });
      expect(await proveByPassword(ip(), { email: to, password })).toMatchObject({ ok: true });
      expect(await proveByPassword(ip(), { email: lea.email, password })).toMatchObject({ ok: false });
      expect((await findAddressChange(lea)).open).toBeNull();
    },
  );

  test("what was mailed to the old address before opens nothing afterwards", async () => {
    const lea = await makeLea();
    const mailed = { accountId: lea.accountId, email: lea.email, purpose: "sign-in", hours: 24 } as const;
    const { secret } = await transaction((tx) => makeLink(tx, mailed));
    const codes = await askBoth(lea, someone("lea-stein"));
    await agree(lea, codes.old);
    expect(await findLink(ip(), "sign-in", secret)).toMatchObject({ ok: true });
    await agree(lea, codes.new);
    expect(await findLink(ip(), "sign-in", secret)).toEqual(dead);
  });

  test("a press counts in the account's own session alone, and uses nothing up anywhere else", async () => {
    const [lea, mallory] = [await makeLea(), await makeLea()];
    const codes = await askBoth(lea, someone("lea-stein"));
    for (const code of Object.values(codes)) {
      expect(await agree(null, code)).toMatchObject({ reason: "sign-in-first" });
      expect(await agree(mallory, code)).toMatchObject({ reason: "another-account" });
    }
    expect(await addressOf(lea)).toBe(lea.email);
    expect([await agree(lea, codes.old), await agree(lea, codes.new)]).toEqual([done, done]);
  });

  test("it ends after a day, when it is cancelled, with a new password, with all other sessions, and with a second one", async () => {
    const ends: ((lea: SignedIn) => Promise<unknown>)[] = [
      ({ accountId }) => db().$executeRaw`
        UPDATE account_link SET expires_at = expires_at - interval '24 hours' WHERE account_id = ${accountId}::uuid`,
      cancelAddressChange,
      (lea) => changePassword(ip(), lea, { currentPassword: password, password: renewed }),
      endAllOthers,
      (lea) => ask(lea, someone("somewhere-else")),
    ];
    for (const end of ends) {
      const [lea, to] = [await makeLea(), someone("lea-stein")];
      const codes = await askBoth(lea, to);
      expect(await agree(lea, codes.old)).toEqual(done);
      await end(lea);
      expect(await agree(lea, codes.new)).toEqual(dead);
      expect(await addressOf(lea)).toBe(lea.email);
    }
  });

  test("what a mailbox agreed to before says nothing about a later change", async () => {
    const lea = await makeLea();
    const first = await askBoth(lea, someone("first"));
    expect(await agree(lea, first.old)).toEqual(done);
    const to = someone("second");
    const second = await askBoth(lea, to);
    expect(await agree(lea, second.new)).toEqual(done);
    expect(await addressOf(lea)).toBe(lea.email);
    expect(await agree(lea, second.old)).toEqual(done);
    expect(await addressOf(lea)).toBe(to);
  });
});

describe("asking for one", () => {
  test("takes the password, or a sign-in of the last quarter of an hour where there is none", async () => {
    const lea = await makeLea();
    const typed = (currentPassword?: string) =>
      askToChangeAddress(ip(), lea, { email: someone("x"), currentPassword });
    expect(await typed()).toMatchObject({ reason: "current-missing" });
    expect(await typed("wrong")).toMatchObject({ reason: "wrong-current" });
    const ida = await makeAccount(someone("ida"), "Ida");
    expect(await ask(ida, someone("ida-two"))).toMatchObject({ ok: true });
    await db().$executeRaw`
      UPDATE session SET created_at = clock_timestamp() - interval '15 minutes' WHERE id = ${ida.sessionId}::uuid`;
    expect(await ask(ida, someone("ida-three"))).toMatchObject({ reason: "sign-in-again" });
  });

  test("takes an address that is one, is another one, and is mailed; and a present one that is confirmed", async () => {
    const lea = await makeLea();
    expect(await ask(lea, "lea@")).toMatchObject({ reason: "no-address" });
    expect(await ask(lea, "lea@northwind.example")).toMatchObject({ reason: "never-mailed" });
    expect(await ask(lea, lea.email.toUpperCase())).toMatchObject({ reason: "same-address" });
    await db().account.update({ where: { id: lea.accountId }, data: { verifiedAt: null } });
    expect(await ask(lea, someone("x"))).toMatchObject({ reason: "confirm-first" });
    expect(await db().emailMessage.count({ where: { accountLink: { accountId: lea.accountId } } })).toBe(0);
  });

  test("takes one letter of each mailbox's five: the sixth of a day is refused, also at once, for an unknown address as for a known one", async () => {
    for (const to of [someone("nobody"), (await makeLea()).email]) {
      const lea = await makeLea();
      const answers = await Promise.all(Array.from({ length: 8 }, () => ask(lea, to)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
      expect(answers.filter((one) => !one.ok && one.reason === "mailbox-full")).toHaveLength(3);
      const open = { accountId: lea.accountId, usedAt: null, expiresAt: { gt: new Date() } };
      expect(await db().accountLink.count({ where: open })).toBe(2);
      const other = await makeLea();
      expect(await ask(other, to)).toMatchObject({ reason: "mailbox-full" });
    }
  });
});

describe("an address that somebody has", () => {
  test("is asked like any other; only who opens its mailbox learns of the account", async () => {
    const [lea, kim] = [await makeLea(), await makeLea()];
    const codes = await askBoth(lea, kim.email);
    expect(await agree(lea, codes.old)).toEqual(done);
    expect(await agree(lea, codes.new)).toMatchObject({ reason: "address-taken" });
    expect(await agree(lea, codes.new)).toEqual(dead);
    expect([await addressOf(lea), await addressOf(kim)]).toEqual([lea.email, kim.email]);
  });

  test("and who got it while the change waited keeps it; the old mailbox is told that the change has ended, and no more", async () => {
    const [lea, to] = [await makeLea(), someone("soon")];
    const codes = await askBoth(lea, to);
    expect(await agree(lea, codes.new)).toEqual(done);
    await makeAccount(to, "Soon");
    expect(await agree(lea, codes.old)).toMatchObject({ reason: "change-ended" });
    expect(await addressOf(lea)).toBe(lea.email);
    expect((await findAddressChange(lea)).open).toBeNull();
  });
});

describe("an organization that knows the new address", () => {
  test("from an invitation: the place they have stays, the invitation is replaced, and its code is dead", async () => {
    const [org, elsewhere] = [await createTestOrganization(), await createTestOrganization()];
    const [lea, to] = [await makeLea(org), someone("lea-stein")];
    const invited = await org.invite(to, "admin");
    const waiting = await elsewhere.invite(to);
    const before = await org.member(to);
    const codes = await askBoth(lea, to);
    await agree(lea, codes.old);
    expect(await agree(lea, codes.new)).toEqual(done);

    expect(await org.member(to)).toMatchObject({
      accountId: lea.accountId,
      role: "member",
      status: "active",
    });
    const earlier = await org.member(lea.email);
    expect(earlier).toMatchObject({ id: before.id, status: "removed", invitedUntil: null });
    expect((await org.activity(before.id)).map(({ type }) => type)).toEqual(["invited", "replaced"]);
    const now = { ...lea, email: to };
    expect(await accept(ip(), now, { code: invited.code, proof: invited.proof })).toMatchObject({
      reason: "superseded",
    });
    // Where they are not in yet, what waits for the new address is theirs.
    expect(await accept(ip(), now, { code: waiting.code, proof: waiting.proof })).toMatchObject({ ok: true });
    expect(await org.invite(lea.email)).toMatchObject({ email: lea.email });
  });

  test("from an earlier time: that row keeps its history and takes the old address; a fresh revocation is undone no more", async () => {
    const org = await createTestOrganization();
    const [lea, to] = [await makeLea(org), someone("lea-stein")];
    const revoked = await org.invite(to);
    const { id } = await org.member(to);
    expect(await revoke(org.owner, { invitation: revoked.invitation })).toMatchObject({ ok: true });
    const codes = await askBoth(lea, to);
    await agree(lea, codes.new);
    expect(await agree(lea, codes.old)).toEqual(done);
    expect(await org.member(lea.email)).toMatchObject({ id, status: "removed" });
    expect(await undoRevoke(org.owner, { invitation: revoked.invitation })).toMatchObject({ ok: false });
    // And back again, which finds the row of before.
    const back = { ...lea, email: to };
    const again = await askBoth(back, lea.email);
    await agree(back, again.new);
    expect(await agree(back, again.old)).toEqual(done);
    expect(await org.member(to)).toMatchObject({ id, status: "removed" });
  });
});

describe("races", () => {
  test("both mailboxes press at once: the change is made, once", async () => {
    for (let round = 0; round < 10; round++) {
      const org = await createTestOrganization();
      const [lea, to] = [await makeLea(org), someone("lea-stein")];
      const codes = await askBoth(lea, to);
      const presses = [codes.old, codes.new, codes.old, codes.new].map((code) => agree(lea, code));
      expect((await Promise.all(presses)).filter(({ ok }) => ok)).toHaveLength(2);
      const member = await org.member(to);
      expect((await org.activity(member.id)).filter(({ type }) => type === "address-changed")).toHaveLength(
        1,
      );
    }
  });

  test("two accounts want one address, and a new person joins with it: one of the three has it", async () => {
    for (let round = 0; round < 10; round++) {
      const [org, to] = [await createTestOrganization(), someone("wanted")];
      const [lea, kim] = [await makeLea(org), await makeLea()];
      const invited = await (await createTestOrganization()).invite(to);
      const [ofLea, ofKim] = [await askBoth(lea, to), await askBoth(kim, to)];
      await Promise.all([agree(lea, ofLea.new), agree(kim, ofKim.new)]);
      const newcomer = { code: invited.code, proof: invited.proof, name: "New", password: renewed };
      const answers = await Promise.all([
        agree(lea, ofLea.old),
        agree(kim, ofKim.old),
        accept(ip(), null, newcomer),
      ]);
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await db().account.count({ where: { email: to } })).toBe(1);
      const [won] = [lea, kim].filter((_, at) => answers[at]?.ok);
      if (won) expect(await addressOf(won)).toBe(to);
    }
  });

  test("the person joins another organization at that moment: every place has the account's address and name", async () => {
    for (let round = 0; round < 10; round++) {
      const [north, south] = [await createTestOrganization(), await createTestOrganization()];
      const [lea, to] = [await makeLea(north), someone("lea-stein")];
      const invited = await south.invite(lea.email);
      const codes = await askBoth(lea, to);
      await agree(lea, codes.old);
      const [changed, joined] = await Promise.all([
        agree(lea, codes.new),
        accept(ip(), lea, { code: invited.code }),
        rename(lea, { name: "Lea Stein" }),
      ]);
      expect(changed).toEqual(done);
      if (!joined.ok) expect(joined.reason).toBe("somebody-else");
      const { email, name } = await db().account.findUniqueOrThrow({ where: { id: lea.accountId } });
      const places = await db().member.findMany({ where: { accountId: lea.accountId } });
      expect(places).toHaveLength(joined.ok ? 2 : 1);
      for (const place of places) expect(place).toMatchObject({ email, name });
    }
  });

  test("a place that comes to be while the press waits is not left behind", async () => {
    const [north, south] = [await createTestOrganization(), await createTestOrganization()];
    const [lea, to] = [await makeLea(north), someone("lea-stein")];
    const codes = await askBoth(lea, to);
    await agree(lea, codes.old);
    const { press } = await transaction(async (tx) => {
      const { accountId, email, name } = lea;
      const place = { id: randomUUID(), organizationId: south.id, accountId, email, name };
      await tx.member.create({ data: { ...place, status: "active", role: "member" } });
      const press = agree(lea, codes.new);
      // It has seen one place, and waits for the account, to which the second one refers.
      await waiting("FROM account");
      return { press };
    });
    expect(await press).toEqual(done);
    for (const org of [north, south])
      expect(await org.member(to)).toMatchObject({ accountId: lea.accountId });
  });

  test("a join that waits while the address changes finds that the invitation is somebody else's", async () => {
    const [north, south] = [await createTestOrganization(), await createTestOrganization()];
    const [lea, to] = [await makeLea(north), someone("lea-stein")];
    const invited = await south.invite(lea.email);
    const codes = await askBoth(lea, to);
    await agree(lea, codes.old);
    const { join } = await transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM organization WHERE id = ${south.id}::uuid FOR UPDATE`;
      const join = accept(ip(), lea, { code: invited.code });
      await waiting("FROM organization");
      expect(await agree(lea, codes.new)).toEqual(done);
      return { join };
    });
    expect(await join).toMatchObject({ reason: "somebody-else" });
    expect(await south.member(lea.email)).toMatchObject({ status: "invited", accountId: null });
  });

  test("an administrator invites the new address, or removes the person, at that moment: nothing is stuck or twice", async () => {
    for (let round = 0; round < 10; round++) {
      const org = await createTestOrganization();
      const [lea, to] = [await makeLea(org), someone("lea-stein")];
      const { id } = await org.member(lea.email);
      const codes = await askBoth(lea, to);
      await agree(lea, codes.old);
      await Promise.all([
        agree(lea, codes.new),
        round % 2 ? org.invite(to).catch(() => null) : remove(org.owner, { member: id }),
      ]);
      expect(await addressOf(lea)).toBe(to);
      const places = await db().member.findMany({
        where: { organizationId: org.id, accountId: lea.accountId },
      });
      expect(places.map(({ email }) => email)).toEqual(round % 2 ? [to] : []);
    }
  });
});
