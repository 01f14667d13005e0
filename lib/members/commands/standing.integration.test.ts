import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Actor, findActor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { copy } from "@/lib/invitations/commands/copy";
import { accept } from "@/lib/invitations/commands/join";
import { revoke } from "@/lib/invitations/commands/revoke";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { block } from "@/lib/members/commands/block";
import { inviteAgain } from "@/lib/members/commands/invite-again";
import { leave } from "@/lib/members/commands/leave";
import { remove } from "@/lib/members/commands/remove";
import { unblock } from "@/lib/members/commands/unblock";
import { createTestOrganization, secretsOf } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

const lea = { name: "Lea Stein", password: "lovely geese walk" };
let visitors = 0;
const ip = () => `10.8.${visitors >> 8}.${visitors++ & 255}`;

const memberOf = (actor: Actor) => db().member.findUniqueOrThrow({ where: { id: actor.memberId } });
const policiesOf = (actor: Actor) => db().memberPolicy.count({ where: { memberId: actor.memberId } });
const ref = (actor: Actor) => ({ member: actor.memberId });

/** Does the person still get in, as every request asks? */
const getsIn = async (org: { slug: string }, actor: Actor) =>
  (await findActor(actor.accountId, org.slug)) !== null;

async function expectRefusal(
  command: (actor: Actor, input: { member: string }) => Promise<unknown>,
  actor: Actor,
  subject: Actor,
  reason: string,
) {
  const before = await memberOf(subject);
  expect(await command(actor, ref(subject))).toMatchObject({ ok: false, reason });
  expect(await memberOf(subject)).toEqual(before);
}

describe("F3 blocking and removing", () => {
  test("F3 a blocked person is out by the next request, and back with the same role and policies once unblocked", async () => {
    const org = await createTestOrganization();
    const samira = await org.seat("samira", "member", "Create");
    expect(await block(org.owner, ref(samira))).toMatchObject({ ok: true });
    expect(await getsIn(org, samira)).toBe(false);
    expect(await unblock(org.owner, ref(samira))).toMatchObject({ ok: true });
    const again = await org.actorOf(samira.accountId);
    expect([...again.permissions].sort()).toEqual([...samira.permissions].sort());
    expect((await org.activity(samira.memberId)).map(({ type }) => type)).toEqual(["blocked", "unblocked"]);
  });

  test("F3 a removed person is out by the next request, their policies with them; other organizations stay", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const samira = await org.seat("samira", "admin", "Create");
    const invited = await other.invite(samira.email);
    const session = {
      sessionId: "",
      accountId: samira.accountId,
      email: samira.email,
      name: "S",
      confirmed: true,
    };
    expect(await accept(ip(), session, invited)).toMatchObject({ ok: true });
    expect(await remove(org.owner, ref(samira))).toMatchObject({ ok: true });
    expect(await getsIn(org, samira)).toBe(false);
    expect(await policiesOf(samira)).toBe(0);
    expect(await getsIn(other, samira)).toBe(true);
    expect((await org.activity(samira.memberId)).at(-1)).toMatchObject({ type: "removed" });
  });

  test("F3 an actor who was removed or blocked meanwhile does nothing any more", async () => {
    const org = await createTestOrganization();
    const [mila, ben, tom] = [
      await org.seat("mila", "admin"),
      await org.seat("ben", "admin"),
      await org.seat("tom"),
    ];
    await remove(org.owner, ref(mila));
    await block(org.owner, ref(ben));
    for (const gone of [mila, ben])
      for (const command of [block, unblock, remove]) await expectRefusal(command, gone, tom, "rights-lost");
    expect(await leave(ben)).toMatchObject({ reason: "not-in" });
  });

  test("F3 what a removed person had promised is not given any more", async () => {
    const org = await createTestOrganization();
    const mila = await org.seat("mila", "admin");
    const invited = await org.invite(undefined, "admin", mila);
    await remove(org.owner, ref(mila));
    expect(await accept(ip(), null, { ...invited, ...lea })).toMatchObject({ ok: true });
    expect(await org.member(invited.email)).toMatchObject({ status: "active", role: "member" });
  });

  test("only who is in is blocked or removed, only who is blocked unblocked", async () => {
    const org = await createTestOrganization();
    const tom = await org.seat("tom");
    await expectRefusal(unblock, org.owner, tom, "not-blocked");
    await block(org.owner, ref(tom));
    await expectRefusal(block, org.owner, tom, "not-active");
    expect(await remove(org.owner, ref(tom))).toMatchObject({ ok: true });
    await expectRefusal(remove, org.owner, tom, "not-in");
    const { email } = await org.invite();
    const { id } = await org.member(email);
    expect(await remove(org.owner, { member: id })).toMatchObject({ reason: "not-in" });
    expect(await block(org.owner, { member: id })).toMatchObject({ reason: "not-active" });
  });

  test("another organization's user is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const stranger = await other.seat("stranger");
    for (const command of [block, unblock, remove])
      await expectRefusal(command, org.owner, stranger, "not-found");
    expect(await inviteAgain(org.owner, { ...ref(stranger), role: "member", policies: [] })).toMatchObject({
      reason: "not-found",
    });
  });
});

describe("A3 who may do it to whom", () => {
  test("A3 only an Owner blocks, unblocks or removes an Owner", async () => {
    const org = await createTestOrganization();
    const [mila, ben] = [await org.seat("mila", "admin"), await org.seat("ben", "owner")];
    await expectRefusal(block, mila, ben, "owners-only");
    await expectRefusal(remove, mila, ben, "owners-only");
    expect(await block(org.owner, ref(ben))).toMatchObject({ ok: true });
    await expectRefusal(unblock, mila, ben, "owners-only");
    expect(await unblock(org.owner, ref(ben))).toMatchObject({ ok: true });
  });

  test("A3 nobody blocks, removes or revokes a person who holds, or was promised, more than they do", async () => {
    const org = await createTestOrganization();
    const [updater, deleter, mila] = [
      await org.seat("updater", "member", "Update"),
      await org.seat("deleter", "member", "Delete"),
      await org.seat("mila", "admin"),
    ];
    await expectRefusal(block, updater, mila, "above-you");
    await expectRefusal(remove, deleter, mila, "above-you");
    await expectRefusal(remove, deleter, updater, "above-you");
    await expectRefusal(block, deleter, updater, "rights-lost");
    const { invitation } = await org.invite(undefined, "admin");
    expect(await revoke(deleter, { invitation })).toMatchObject({ reason: "above-you" });
  });

  test("A3 an Owner's invitation is not copied by somebody with only Create", async () => {
    const org = await createTestOrganization();
    const samira = await org.seat("samira", "member", "Create");
    const { invitation } = await org.invite(undefined, "owner");
    expect(await copy(samira, { invitation, shape: "link" })).toMatchObject({ reason: "above-you" });
  });
});

describe("A4 the last Owner, and oneself", () => {
  test("A4 nobody removes or blocks themselves", async () => {
    const org = await createTestOrganization();
    await org.seat("ben", "owner");
    await expectRefusal(block, org.owner, org.owner, "yourself");
    await expectRefusal(remove, org.owner, org.owner, "yourself");
  });

  test("A4 the last Owner cannot leave; anybody else can, whatever they hold, and is out", async () => {
    const org = await createTestOrganization();
    expect(await leave(org.owner)).toMatchObject({ reason: "last-owner" });
    const [ben, tom] = [await org.seat("ben", "owner"), await org.seat("tom", "member", "Read")];
    for (const person of [tom, org.owner]) {
      expect(await leave(person)).toMatchObject({ ok: true });
      expect(await getsIn(org, person)).toBe(false);
      expect((await org.activity(person.memberId)).at(-1)).toMatchObject({ type: "left" });
    }
    expect(await policiesOf(tom)).toBe(0);
    expect(await leave(ben)).toMatchObject({ reason: "last-owner" });
  });

  test("A4 two Owners who remove or block each other at once: one remains, every time", async () => {
    for (let round = 0; round < 20; round++) {
      const org = await createTestOrganization();
      const ben = await org.seat("ben", "owner");
      const both = await Promise.all([
        (round % 2 ? remove : block)(org.owner, ref(ben)),
        (round % 3 ? remove : block)(ben, ref(org.owner)),
      ]);
      expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
      const left = { organizationId: org.id, role: "owner", status: "active" };
      expect(await db().member.count({ where: left })).toBe(1);
    }
  });
});

describe("C7 invite again", () => {
  test("C7 a removed person gets a new invitation with a role and policies of its own, and comes in by it", async () => {
    const org = await createTestOrganization();
    const samira = await org.seat("samira", "admin", "Create");
    await remove(org.owner, ref(samira));
    const read = await org.policy("Read");
    const outcome = await inviteAgain(org.owner, { ...ref(samira), role: "member", policies: [read] });
    if (!outcome.ok) throw new Error(outcome.reason);
    expect(await memberOf(samira)).toMatchObject({ status: "invited", role: "member", joinedAt: null });
    const { code, proof } = await secretsOf(outcome.value.invitationId);
    const session = {
      sessionId: "",
      accountId: samira.accountId,
      email: samira.email,
      name: "S",
      confirmed: true,
    };
    expect(await accept(ip(), session, { code, proof })).toMatchObject({ ok: true });
    const again = await org.actorOf(samira.accountId);
    expect([
      again.role,
      again.permissions.has("users:read"),
      again.permissions.has("invitations:create"),
    ]).toEqual(["member", true, false]);
  });

  test("C7 who came back meanwhile is not invited twice, and nobody invites above themselves", async () => {
    const org = await createTestOrganization();
    const [tom, mila] = [await org.seat("tom"), await org.seat("mila", "admin")];
    const wish = { ...ref(tom), role: "member" as const, policies: [] };
    expect(await inviteAgain(org.owner, wish)).toMatchObject({ reason: "already-a-user" });
    await remove(org.owner, ref(tom));
    expect(await inviteAgain(mila, { ...wish, role: "owner" })).toMatchObject({ reason: "above-you" });
    expect(await inviteAgain(mila, wish)).toMatchObject({ ok: true });
    expect(await inviteAgain(mila, wish)).toMatchObject({ reason: "already-invited" });
  });
});
