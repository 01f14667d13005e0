import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cancelEmailChange } from "@/lib/accounts/commands/cancel-email-change";
import { changePassword } from "@/lib/accounts/commands/change-password";
import { confirmEmailChange } from "@/lib/accounts/commands/confirm-email-change";
import { endAllOtherSessions } from "@/lib/accounts/commands/end-sessions";
import { renameAccount } from "@/lib/accounts/commands/rename-account";
import { requestEmailChange } from "@/lib/accounts/commands/request-email-change";
import { verifyPassword } from "@/lib/accounts/commands/verify-password";
import { createLink } from "@/lib/accounts/links";
import { findAccountLink, findEmailChange } from "@/lib/accounts/queries";
import { findSession, type SignedInAccount } from "@/lib/auth/session";
import { deriveSecret } from "@/lib/crypto/codes";
import { requireKey } from "@/lib/crypto/key-ring";
import { db, transaction } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { undoRevokeInvitation } from "@/lib/invitations/commands/undo-revoke";
import { removeMember } from "@/lib/members/commands/remove";
import {
  createTestAccount,
  createTestOrganization,
  type TestOrganization,
  uniqueEmail,
  uniqueIp,
} from "@/test/factories";

const [password, newPassword] = ["lovely geese walk", "a bridge of seven arches"];

async function createLea(...orgs: TestOrganization[]): Promise<SignedInAccount> {
  const lea = await createTestAccount(uniqueEmail("lea"), "Lea", { password });
  for (const org of orgs) await addMembership(lea, org.id, "active");
  return lea;
}

async function addMembership(
  { accountId, email, name }: SignedInAccount,
  organizationId: string,
  status: string,
) {
  const membership = { id: randomUUID(), organizationId, accountId, email, name, status, role: "member" };
  await db().member.create({ data: { ...membership, addressConfirmed: true } });
}

const request = (person: SignedInAccount, email: string) =>
  requestEmailChange(uniqueIp(), person, { email, currentPassword: password });
const confirm = (person: SignedInAccount | null, code: string) =>
  confirmEmailChange(uniqueIp(), person, { code });
const findAddress = async ({ accountId }: SignedInAccount) =>
  (await db().account.findUniqueOrThrow({ where: { id: accountId } })).email;

/** Returns the code in the latest email to an address. */
async function findEmailedCode(address: string): Promise<string> {
  const { accountLink } = await db().emailMessage.findFirstOrThrow({
    where: { toAddress: address, kind: "address-change" },
    orderBy: { createdAt: "desc" },
    select: { accountLink: { select: { id: true, keyId: true } } },
  });
  return accountLink ? deriveSecret(requireKey(accountLink.keyId), "account-link", accountLink.id) : "";
}

/** Requests a change and returns the codes of both emails. */
async function requestChange(person: SignedInAccount, to: string) {
  expect(await request(person, to)).toMatchObject({ ok: true });
  return { old: await findEmailedCode(person.email), new: await findEmailedCode(to) };
}

/** Waits until a statement that contains this text is waiting for a lock. */
async function waitForBlockedQuery(text: string): Promise<void> {
  await expect
    .poll(
      () => db().$queryRaw`
      SELECT 1 AS blocked FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock' AND position(${text} IN query) > 0
        AND pid <> pg_backend_pid()`,
      { timeout: 10_000 },
    )
    .not.toEqual([]);
}

const invalidLink = { ok: false, reason: "invalid-link" };
const done = { ok: true, value: null };

describe("changing the address", () => {
  test.each(["old", "new"] as const)(
    "F5 the address changes in every organization once both addresses have confirmed, the %s one first",
    async (first) => {
      const [north, south] = [await createTestOrganization(), await createTestOrganization()];
      const lea = await createLea(north);
      await addMembership(lea, south.id, "blocked");
      const to = uniqueEmail("lea-stein");
      expect(await request(lea, to.toUpperCase())).toEqual(done);
      const codes = { old: await findEmailedCode(lea.email), new: await findEmailedCode(to) };
      const pendingChange = { to, oldConfirmed: false, newConfirmed: false };
      expect((await findEmailChange(lea)).pending).toMatchObject(pendingChange);

      expect(await confirm(lea, codes[first])).toEqual(done);
      expect(await findAddress(lea)).toBe(lea.email);
      expect((await findEmailChange(lea)).pending).toMatchObject({
        ...pendingChange,
        [`${first}Confirmed`]: true,
      });
      expect(await confirm(lea, codes[first])).toEqual(invalidLink);

      expect(await confirm(lea, codes[first === "old" ? "new" : "old"])).toEqual(done);
      expect(await findAddress(lea)).toBe(to);
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
      expect(await verifyPassword(uniqueIp(), { email: to, password })).toMatchObject({ ok: true });
      expect(await verifyPassword(uniqueIp(), { email: lea.email, password })).toMatchObject({ ok: false });
      expect((await findEmailChange(lea)).pending).toBeNull();
    },
  );

  test("links that were sent to the old address before the change are not valid after it", async () => {
    const lea = await createLea();
    const link = { accountId: lea.accountId, email: lea.email, purpose: "sign-in", hours: 24 } as const;
    const { secret } = await transaction((tx) => createLink(tx, link));
    const codes = await requestChange(lea, uniqueEmail("lea-stein"));
    await confirm(lea, codes.old);
    expect(await findAccountLink(uniqueIp(), "sign-in", secret)).toMatchObject({ ok: true });
    await confirm(lea, codes.new);
    expect(await findAccountLink(uniqueIp(), "sign-in", secret)).toEqual(invalidLink);
  });

  test("a link only confirms in the account's own session, and another session does not consume it", async () => {
    const [lea, mallory] = [await createLea(), await createLea()];
    const codes = await requestChange(lea, uniqueEmail("lea-stein"));
    for (const code of Object.values(codes)) {
      expect(await confirm(null, code)).toMatchObject({ reason: "sign-in-first" });
      expect(await confirm(mallory, code)).toMatchObject({ reason: "another-account" });
    }
    expect(await findAddress(lea)).toBe(lea.email);
    expect([await confirm(lea, codes.old), await confirm(lea, codes.new)]).toEqual([done, done]);
  });

  test("a pending change ends after a day, when canceled, by a password change, by ending all other sessions, and by a second request", async () => {
    const cancellations: ((lea: SignedInAccount) => Promise<unknown>)[] = [
      ({ accountId }) => db().$executeRaw`
        UPDATE account_link SET expires_at = expires_at - interval '24 hours' WHERE account_id = ${accountId}::uuid`,
      cancelEmailChange,
      (lea) => changePassword(uniqueIp(), lea, { currentPassword: password, password: newPassword }),
      endAllOtherSessions,
      (lea) => request(lea, uniqueEmail("somewhere-else")),
    ];
    for (const cancel of cancellations) {
      const [lea, to] = [await createLea(), uniqueEmail("lea-stein")];
      const codes = await requestChange(lea, to);
      expect(await confirm(lea, codes.old)).toEqual(done);
      await cancel(lea);
      expect(await confirm(lea, codes.new)).toEqual(invalidLink);
      expect(await findAddress(lea)).toBe(lea.email);
    }
  });

  test("a confirmation of an earlier change does not count for a later one", async () => {
    const lea = await createLea();
    const first = await requestChange(lea, uniqueEmail("first"));
    expect(await confirm(lea, first.old)).toEqual(done);
    const to = uniqueEmail("second");
    const second = await requestChange(lea, to);
    expect(await confirm(lea, second.new)).toEqual(done);
    expect(await findAddress(lea)).toBe(lea.email);
    expect(await confirm(lea, second.old)).toEqual(done);
    expect(await findAddress(lea)).toBe(to);
  });
});

describe("requesting a change of address", () => {
  test("requires the password, or a sign-in within 15 minutes if there is none", async () => {
    const lea = await createLea();
    const requestWith = (currentPassword?: string) =>
      requestEmailChange(uniqueIp(), lea, { email: uniqueEmail("x"), currentPassword });
    expect(await requestWith()).toMatchObject({ reason: "current-missing" });
    expect(await requestWith("wrong")).toMatchObject({ reason: "wrong-current" });
    const ida = await createTestAccount(uniqueEmail("ida"), "Ida");
    expect(await request(ida, uniqueEmail("ida-two"))).toMatchObject({ ok: true });
    await db().$executeRaw`
      UPDATE session SET created_at = clock_timestamp() - interval '15 minutes' WHERE id = ${ida.sessionId}::uuid`;
    expect(await request(ida, uniqueEmail("ida-three"))).toMatchObject({ reason: "sign-in-again" });
  });

  test("requires a valid, different and deliverable address, and that the current one is confirmed", async () => {
    const lea = await createLea();
    expect(await request(lea, "lea@")).toMatchObject({ reason: "no-address" });
    expect(await request(lea, "lea@northwind.example")).toMatchObject({ reason: "demo-address" });
    expect(await request(lea, lea.email.toUpperCase())).toMatchObject({ reason: "same-address" });
    await db().account.update({ where: { id: lea.accountId }, data: { verifiedAt: null } });
    expect(await request(lea, uniqueEmail("x"))).toMatchObject({ reason: "confirm-first" });
    expect(await db().emailMessage.count({ where: { accountLink: { accountId: lea.accountId } } })).toBe(0);
  });

  test("counts toward the daily limit of both addresses, known or not: 5 of 8 parallel requests succeed", async () => {
    for (const to of [uniqueEmail("unknown"), (await createLea()).email]) {
      const lea = await createLea();
      const results = await Promise.all(Array.from({ length: 8 }, () => request(lea, to)));
      expect(results.filter(({ ok }) => ok)).toHaveLength(5);
      expect(results.filter((result) => !result.ok && result.reason === "recipient-limit")).toHaveLength(3);
      const open = { accountId: lea.accountId, usedAt: null, expiresAt: { gt: new Date() } };
      expect(await db().accountLink.count({ where: open })).toBe(2);
      const other = await createLea();
      expect(await request(other, to)).toMatchObject({ reason: "recipient-limit" });
    }
  });
});

describe("an address of another account", () => {
  test("can be requested like any other; only its mailbox learns that it is taken", async () => {
    const [lea, kim] = [await createLea(), await createLea()];
    const codes = await requestChange(lea, kim.email);
    expect(await confirm(lea, codes.old)).toEqual(done);
    expect(await confirm(lea, codes.new)).toMatchObject({ reason: "address-taken" });
    expect(await confirm(lea, codes.new)).toEqual(invalidLink);
    expect([await findAddress(lea), await findAddress(kim)]).toEqual([lea.email, kim.email]);
  });

  test("an account created while the change is pending keeps its address; the old address only learns that the change has expired", async () => {
    const [lea, to] = [await createLea(), uniqueEmail("soon")];
    const codes = await requestChange(lea, to);
    expect(await confirm(lea, codes.new)).toEqual(done);
    await createTestAccount(to, "Soon");
    expect(await confirm(lea, codes.old)).toMatchObject({ reason: "change-expired" });
    expect(await findAddress(lea)).toBe(lea.email);
    expect((await findEmailChange(lea)).pending).toBeNull();
  });
});

describe("an organization that already has the new address", () => {
  test("an invitation to it is superseded and cannot be accepted; the membership stays", async () => {
    const [org, elsewhere] = [await createTestOrganization(), await createTestOrganization()];
    const [lea, to] = [await createLea(org), uniqueEmail("lea-stein")];
    const invited = await org.invite(to, "admin");
    const otherInvitation = await elsewhere.invite(to);
    const before = await org.member(to);
    const codes = await requestChange(lea, to);
    await confirm(lea, codes.old);
    expect(await confirm(lea, codes.new)).toEqual(done);

    expect(await org.member(to)).toMatchObject({
      accountId: lea.accountId,
      role: "member",
      status: "active",
    });
    const earlier = await org.member(lea.email);
    expect(earlier).toMatchObject({ id: before.id, status: "removed", invitedUntil: null });
    expect((await org.activity(before.id)).map(({ type }) => type)).toEqual(["invited", "replaced"]);
    const now = { ...lea, email: to };
    expect(
      await acceptInvitation(uniqueIp(), now, { code: invited.code, proof: invited.proof }),
    ).toMatchObject({
      reason: "superseded",
    });
    // In an organization they have not joined, they can accept the invitation to the new address.
    expect(
      await acceptInvitation(uniqueIp(), now, { code: otherInvitation.code, proof: otherInvitation.proof }),
    ).toMatchObject({
      ok: true,
    });
    expect(await org.invite(lea.email)).toMatchObject({ email: lea.email });
  });

  test("an earlier member row of it keeps its history and gets the old address; a recent revocation cannot be undone", async () => {
    const org = await createTestOrganization();
    const [lea, to] = [await createLea(org), uniqueEmail("lea-stein")];
    const revoked = await org.invite(to);
    const { id } = await org.member(to);
    expect(await revokeInvitation(org.owner, { invitation: revoked.invitation })).toMatchObject({ ok: true });
    const codes = await requestChange(lea, to);
    await confirm(lea, codes.new);
    expect(await confirm(lea, codes.old)).toEqual(done);
    expect(await org.member(lea.email)).toMatchObject({ id, status: "removed" });
    expect(await undoRevokeInvitation(org.owner, { invitation: revoked.invitation })).toMatchObject({
      ok: false,
    });
    // Changing back swaps the addresses again.
    const back = { ...lea, email: to };
    const again = await requestChange(back, lea.email);
    await confirm(back, again.new);
    expect(await confirm(back, again.old)).toEqual(done);
    expect(await org.member(to)).toMatchObject({ id, status: "removed" });
  });
});

describe("races", () => {
  test("both addresses confirm at the same time: the address changes once", async () => {
    for (let round = 0; round < 10; round++) {
      const org = await createTestOrganization();
      const [lea, to] = [await createLea(org), uniqueEmail("lea-stein")];
      const codes = await requestChange(lea, to);
      const confirmations = [codes.old, codes.new, codes.old, codes.new].map((code) => confirm(lea, code));
      expect((await Promise.all(confirmations)).filter(({ ok }) => ok)).toHaveLength(2);
      const member = await org.member(to);
      expect((await org.activity(member.id)).filter(({ type }) => type === "address-changed")).toHaveLength(
        1,
      );
    }
  });

  test("two accounts change to one address while a new user joins with it: one of the three gets it", async () => {
    for (let round = 0; round < 10; round++) {
      const [org, to] = [await createTestOrganization(), uniqueEmail("wanted")];
      const [lea, kim] = [await createLea(org), await createLea()];
      const invited = await (await createTestOrganization()).invite(to);
      const [ofLea, ofKim] = [await requestChange(lea, to), await requestChange(kim, to)];
      await Promise.all([confirm(lea, ofLea.new), confirm(kim, ofKim.new)]);
      const newcomer = { code: invited.code, proof: invited.proof, name: "New", password: newPassword };
      const results = await Promise.all([
        confirm(lea, ofLea.old),
        confirm(kim, ofKim.old),
        acceptInvitation(uniqueIp(), null, newcomer),
      ]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await db().account.count({ where: { email: to } })).toBe(1);
      const [winner] = [lea, kim].filter((_, at) => results[at]?.ok);
      if (winner) expect(await findAddress(winner)).toBe(to);
    }
  });

  test("the user joins another organization at the same time: every membership has the account's address and name", async () => {
    for (let round = 0; round < 10; round++) {
      const [north, south] = [await createTestOrganization(), await createTestOrganization()];
      const [lea, to] = [await createLea(north), uniqueEmail("lea-stein")];
      const invited = await south.invite(lea.email);
      const codes = await requestChange(lea, to);
      await confirm(lea, codes.old);
      const [changed, joined] = await Promise.all([
        confirm(lea, codes.new),
        acceptInvitation(uniqueIp(), lea, { code: invited.code }),
        renameAccount(lea, { name: "Lea Stein" }),
      ]);
      expect(changed).toEqual(done);
      if (!joined.ok) expect(joined.reason).toBe("wrong-account");
      const { email, name } = await db().account.findUniqueOrThrow({ where: { id: lea.accountId } });
      const memberships = await db().member.findMany({ where: { accountId: lea.accountId } });
      expect(memberships).toHaveLength(joined.ok ? 2 : 1);
      for (const membership of memberships) expect(membership).toMatchObject({ email, name });
    }
  });

  test("a membership created while the confirmation waits for a lock is changed too", async () => {
    const [north, south] = [await createTestOrganization(), await createTestOrganization()];
    const [lea, to] = [await createLea(north), uniqueEmail("lea-stein")];
    const codes = await requestChange(lea, to);
    await confirm(lea, codes.old);
    const { confirmation } = await transaction(async (tx) => {
      const { accountId, email, name } = lea;
      const membership = { id: randomUUID(), organizationId: south.id, accountId, email, name };
      await tx.member.create({ data: { ...membership, status: "active", role: "member" } });
      const confirmation = confirm(lea, codes.new);
      // It has read one membership and waits for the account, which the new membership references.
      await waitForBlockedQuery("FROM account");
      return { confirmation };
    });
    expect(await confirmation).toEqual(done);
    for (const org of [north, south])
      expect(await org.member(to)).toMatchObject({ accountId: lea.accountId });
  });

  test("a join that waits while the address changes is refused: the invitation is for a different address", async () => {
    const [north, south] = [await createTestOrganization(), await createTestOrganization()];
    const [lea, to] = [await createLea(north), uniqueEmail("lea-stein")];
    const invited = await south.invite(lea.email);
    const codes = await requestChange(lea, to);
    await confirm(lea, codes.old);
    const { join } = await transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM organization WHERE id = ${south.id}::uuid FOR UPDATE`;
      const join = acceptInvitation(uniqueIp(), lea, { code: invited.code });
      await waitForBlockedQuery("FROM organization");
      expect(await confirm(lea, codes.new)).toEqual(done);
      return { join };
    });
    expect(await join).toMatchObject({ reason: "wrong-account" });
    expect(await south.member(lea.email)).toMatchObject({ status: "invited", accountId: null });
  });

  test("an admin invites the new address or removes the user at the same time: no deadlock and no duplicate", async () => {
    for (let round = 0; round < 10; round++) {
      const org = await createTestOrganization();
      const [lea, to] = [await createLea(org), uniqueEmail("lea-stein")];
      const { id } = await org.member(lea.email);
      const codes = await requestChange(lea, to);
      await confirm(lea, codes.old);
      await Promise.all([
        confirm(lea, codes.new),
        round % 2 ? org.invite(to).catch(() => null) : removeMember(org.owner, { member: id }),
      ]);
      expect(await findAddress(lea)).toBe(to);
      const memberships = await db().member.findMany({
        where: { organizationId: org.id, accountId: lea.accountId },
      });
      expect(memberships.map(({ email }) => email)).toEqual(round % 2 ? [to] : []);
    }
  });
});
