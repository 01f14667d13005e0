import { describe, expect, test } from "vitest";
import { type Actor, findActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { blockMember } from "@/lib/members/commands/block";
import { inviteMemberAgain } from "@/lib/members/commands/invite-again";
import { leaveOrganization } from "@/lib/members/commands/leave";
import { removeMember } from "@/lib/members/commands/remove";
import { unblockMember } from "@/lib/members/commands/unblock";
import { createTestOrganization, findInvitationSecrets, uniqueIp } from "@/test/factories";

const lea = { name: "Lea Stein", password: "lovely geese walk" };

const memberOf = (actor: Actor) => db().member.findUniqueOrThrow({ where: { id: actor.memberId } });
const policiesOf = (actor: Actor) => db().memberPolicy.count({ where: { memberId: actor.memberId } });
const ref = (actor: Actor) => ({ member: actor.memberId });

/** Returns whether the user still has access, as every request checks. */
const hasAccess = async (org: { slug: string }, actor: Actor) =>
  (await findActor(actor.accountId, org.slug)) !== null;

async function expectRefusal(
  command: (actor: Actor, input: { member: string }) => Promise<unknown>,
  actor: Actor,
  target: Actor,
  reason: string,
) {
  const before = await memberOf(target);
  expect(await command(actor, ref(target))).toMatchObject({ ok: false, reason });
  expect(await memberOf(target)).toEqual(before);
}

describe("F3 blocking and removing", () => {
  test("F3 a blocked user loses access by the next request, and gets the same role and policies back when unblocked", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "member", "Create");
    expect(await blockMember(org.owner, ref(samira))).toMatchObject({ ok: true });
    expect(await hasAccess(org, samira)).toBe(false);
    expect(await unblockMember(org.owner, ref(samira))).toMatchObject({ ok: true });
    const again = await org.actorOf(samira.accountId);
    expect([...again.permissions].sort()).toEqual([...samira.permissions].sort());
    expect((await org.activity(samira.memberId)).map(({ type }) => type)).toEqual(["blocked", "unblocked"]);
  });

  test("F3 a removed user loses access and policies by the next request, but not other organizations", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const samira = await org.addMember("samira", "admin", "Create");
    const invited = await other.invite(samira.email);
    const session = {
      sessionId: "",
      accountId: samira.accountId,
      email: samira.email,
      name: "S",
      confirmed: true,
      language: null,
    };
    expect(await acceptInvitation(uniqueIp(), session, invited)).toMatchObject({ ok: true });
    expect(await removeMember(org.owner, ref(samira))).toMatchObject({ ok: true });
    expect(await hasAccess(org, samira)).toBe(false);
    expect(await policiesOf(samira)).toBe(0);
    expect(await hasAccess(other, samira)).toBe(true);
    expect((await org.activity(samira.memberId)).at(-1)).toMatchObject({ type: "removed" });
  });

  test("F3 an actor who has been removed or blocked can do nothing", async () => {
    const org = await createTestOrganization();
    const [mila, ben, tom] = [
      await org.addMember("mila", "admin"),
      await org.addMember("ben", "admin"),
      await org.addMember("tom"),
    ];
    await removeMember(org.owner, ref(mila));
    await blockMember(org.owner, ref(ben));
    for (const former of [mila, ben])
      for (const command of [blockMember, unblockMember, removeMember])
        await expectRefusal(command, former, tom, "rights-lost");
    expect(await leaveOrganization(ben)).toMatchObject({ reason: "not-a-member" });
  });

  test("F3 a role offered by a removed admin is not granted", async () => {
    const org = await createTestOrganization();
    const mila = await org.addMember("mila", "admin");
    const invited = await org.invite(undefined, "admin", mila);
    await removeMember(org.owner, ref(mila));
    expect(await acceptInvitation(uniqueIp(), null, { ...invited, ...lea })).toMatchObject({ ok: true });
    expect(await org.member(invited.email)).toMatchObject({ status: "active", role: "member" });
  });

  test("only active users can be blocked, only users removed, and only blocked users unblocked", async () => {
    const org = await createTestOrganization();
    const tom = await org.addMember("tom");
    await expectRefusal(unblockMember, org.owner, tom, "not-blocked");
    await blockMember(org.owner, ref(tom));
    await expectRefusal(blockMember, org.owner, tom, "not-active");
    expect(await removeMember(org.owner, ref(tom))).toMatchObject({ ok: true });
    await expectRefusal(removeMember, org.owner, tom, "not-a-member");
    const { email } = await org.invite();
    const { id } = await org.member(email);
    expect(await removeMember(org.owner, { member: id })).toMatchObject({ reason: "not-a-member" });
    expect(await blockMember(org.owner, { member: id })).toMatchObject({ reason: "not-active" });
  });

  test("another organization's user is not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const stranger = await other.addMember("stranger");
    for (const command of [blockMember, unblockMember, removeMember])
      await expectRefusal(command, org.owner, stranger, "not-found");
    expect(
      await inviteMemberAgain(org.owner, { ...ref(stranger), role: "member", policies: [] }),
    ).toMatchObject({
      reason: "not-found",
    });
  });
});

describe("A3 who can act on whom", () => {
  test("A3 only an Owner blocks, unblocks or removes an Owner", async () => {
    const org = await createTestOrganization();
    const [mila, ben] = [await org.addMember("mila", "admin"), await org.addMember("ben", "owner")];
    await expectRefusal(blockMember, mila, ben, "owners-only");
    await expectRefusal(removeMember, mila, ben, "owners-only");
    expect(await blockMember(org.owner, ref(ben))).toMatchObject({ ok: true });
    await expectRefusal(unblockMember, mila, ben, "owners-only");
    expect(await unblockMember(org.owner, ref(ben))).toMatchObject({ ok: true });
  });

  test("A3 no one blocks, removes or revokes a user with more access, even if it is only offered", async () => {
    const org = await createTestOrganization();
    const [updater, deleter, mila] = [
      await org.addMember("updater", "member", "Update"),
      await org.addMember("deleter", "member", "Delete"),
      await org.addMember("mila", "admin"),
    ];
    await expectRefusal(blockMember, updater, mila, "above-you");
    await expectRefusal(removeMember, deleter, mila, "above-you");
    await expectRefusal(removeMember, deleter, updater, "above-you");
    await expectRefusal(blockMember, deleter, updater, "rights-lost");
    const { invitation } = await org.invite(undefined, "admin");
    expect(await revokeInvitation(deleter, { invitation })).toMatchObject({ reason: "above-you" });
  });

  test("A3 a Member with only Create cannot copy an Owner's invitation", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "member", "Create");
    const { invitation } = await org.invite(undefined, "owner");
    expect(await copyInvitation(samira, { invitation, shape: "link" })).toMatchObject({
      reason: "above-you",
    });
  });
});

describe("A4 the last Owner, and the actor themselves", () => {
  test("A4 no one removes or blocks themselves", async () => {
    const org = await createTestOrganization();
    await org.addMember("ben", "owner");
    await expectRefusal(blockMember, org.owner, org.owner, "yourself");
    await expectRefusal(removeMember, org.owner, org.owner, "yourself");
  });

  test("A4 the last Owner cannot leave; everyone else can, and loses access", async () => {
    const org = await createTestOrganization();
    expect(await leaveOrganization(org.owner)).toMatchObject({ reason: "last-owner" });
    const [ben, tom] = [await org.addMember("ben", "owner"), await org.addMember("tom", "member", "Read")];
    for (const person of [tom, org.owner]) {
      expect(await leaveOrganization(person)).toMatchObject({ ok: true });
      expect(await hasAccess(org, person)).toBe(false);
      expect((await org.activity(person.memberId)).at(-1)).toMatchObject({ type: "left" });
    }
    expect(await policiesOf(tom)).toBe(0);
    expect(await leaveOrganization(ben)).toMatchObject({ reason: "last-owner" });
  });

  test("A4 one of two Owners who remove or block each other concurrently always remains", async () => {
    for (let round = 0; round < 20; round++) {
      const org = await createTestOrganization();
      const ben = await org.addMember("ben", "owner");
      const both = await Promise.all([
        (round % 2 ? removeMember : blockMember)(org.owner, ref(ben)),
        (round % 3 ? removeMember : blockMember)(ben, ref(org.owner)),
      ]);
      expect(both.filter((result) => result.ok)).toHaveLength(1);
      const left = { organizationId: org.id, role: "owner", status: "active" };
      expect(await db().member.count({ where: left })).toBe(1);
    }
  });
});

describe("C7 inviting again", () => {
  test("C7 a removed user gets a new invitation with a new role and policies, and joins with it", async () => {
    const org = await createTestOrganization();
    const samira = await org.addMember("samira", "admin", "Create");
    await removeMember(org.owner, ref(samira));
    const read = await org.findPolicyId("Read");
    const result = await inviteMemberAgain(org.owner, { ...ref(samira), role: "member", policies: [read] });
    if (!result.ok) throw new Error(result.reason);
    expect(await memberOf(samira)).toMatchObject({ status: "invited", role: "member", joinedAt: null });
    const { code, proof } = await findInvitationSecrets(result.value.invitationId);
    const session = {
      sessionId: "",
      accountId: samira.accountId,
      email: samira.email,
      name: "S",
      confirmed: true,
      language: null,
    };
    expect(await acceptInvitation(uniqueIp(), session, { code, proof })).toMatchObject({ ok: true });
    const again = await org.actorOf(samira.accountId);
    expect([
      again.role,
      again.permissions.has("users:read"),
      again.permissions.has("invitations:create"),
    ]).toEqual(["member", true, false]);
  });

  test("C7 a user who has joined again is not invited twice, and no one invites above their own access", async () => {
    const org = await createTestOrganization();
    const [tom, mila] = [await org.addMember("tom"), await org.addMember("mila", "admin")];
    const input = { ...ref(tom), role: "member" as const, policies: [] };
    expect(await inviteMemberAgain(org.owner, input)).toMatchObject({ reason: "already-a-user" });
    await removeMember(org.owner, ref(tom));
    expect(await inviteMemberAgain(mila, { ...input, role: "owner" })).toMatchObject({ reason: "above-you" });
    expect(await inviteMemberAgain(mila, input)).toMatchObject({ ok: true });
    expect(await inviteMemberAgain(mila, input)).toMatchObject({ reason: "already-invited" });
  });
});
