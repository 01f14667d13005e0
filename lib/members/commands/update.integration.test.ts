import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { acceptInvitation } from "@/lib/invitations/commands/join";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { type MemberUpdate, updateMember } from "@/lib/members/commands/update";
import {
  createTestOrganization,
  expireInvitation,
  findInvitationSecrets,
  type TestOrganization,
  uniqueIp,
} from "@/test/factories";

const lea = { name: "Lea Stein", password: "lovely geese walk" };

/** Returns everything stored about a member, to check that a refusal changed nothing. */
async function stateOf(member: string) {
  const [row, policies, activity] = await Promise.all([
    db().member.findUniqueOrThrow({ where: { id: member } }),
    db().memberPolicy.findMany({ where: { memberId: member }, orderBy: { policyId: "asc" } }),
    db().activity.count({ where: { memberId: member } }),
  ]);
  return { row, policies, activity };
}

/** Returns the input that the form would send for the current state of a member. */
async function currentInput(member: string, changes: Partial<MemberUpdate> = {}): Promise<MemberUpdate> {
  const { row, policies } = await stateOf(member);
  const policyIds = policies.map(({ policyId }) => policyId);
  return {
    member,
    role: row.role as MemberUpdate["role"],
    policies: policyIds,
    version: row.version,
    ...changes,
  };
}

async function expectRefusal(actor: Actor, input: MemberUpdate, reason: string) {
  const before = await stateOf(input.member);
  expect(await updateMember(actor, input)).toMatchObject({ ok: false, reason });
  expect(await stateOf(input.member)).toEqual(before);
}

describe("B7 updating an invited user", () => {
  test("B7 role and policies change while invited; link, code and expiry stay, and the invitation's role follows", async () => {
    const org = await createTestOrganization();
    const { email, invitation, code, proof } = await org.invite();
    const { id: member, invitedUntil } = await org.member(email);
    const read = await org.findPolicyId("Read");
    expect(
      await updateMember(org.owner, await currentInput(member, { role: "admin", policies: [read] })),
    ).toEqual({
      ok: true,
      value: null,
    });
    expect(await findInvitationSecrets(invitation)).toEqual({ code, proof });
    expect(await db().invitation.findUnique({ where: { id: invitation } })).toMatchObject({
      role: "admin",
      settledAs: null,
      expiresAt: invitedUntil,
    });
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
    expect(await stateOf(member)).toMatchObject({
      row: { status: "active", role: "admin" },
      policies: [{ policyId: read, grantedBy: org.owner.memberId }],
    });
    expect((await org.activity(member)).map(({ type, data }) => [type, data])).toMatchObject([
      ["invited", { role: "member" }],
      ["changed", { from: "member", role: "admin", given: read }],
      ["accepted", {}],
    ]);
  });

  test("B7 also works for an expired invitation; a new one has the new role", async () => {
    const org = await createTestOrganization();
    const { email, invitation } = await org.invite();
    await expireInvitation(invitation);
    const { id: member } = await org.member(email);
    expect(await updateMember(org.owner, await currentInput(member, { role: "admin" }))).toMatchObject({
      ok: true,
    });
    const renewed = await renewInvitation(org.owner, { invitation });
    if (!renewed.ok) throw new Error(renewed.reason);
    expect(await db().invitation.findUnique({ where: { id: renewed.value.invitationId } })).toMatchObject({
      role: "admin",
    });
  });
});

describe("A3 the ceiling of an update", () => {
  test("A3 a role above the actor's own in a crafted request is refused and changes nothing", async () => {
    const org = await createTestOrganization();
    const [mila, samira, tom] = [
      await org.addMember("mila", "admin"),
      await org.addMember("samira", "member", "Update"),
      await org.addMember("tom"),
    ];
    await expectRefusal(mila, await currentInput(tom.memberId, { role: "owner" }), "exceeds-ceiling");
    await expectRefusal(samira, await currentInput(tom.memberId, { role: "admin" }), "exceeds-ceiling");
    const remover = [await org.findPolicyId("Delete")];
    await expectRefusal(samira, await currentInput(tom.memberId, { policies: remover }), "exceeds-ceiling");
    const updater = [await org.findPolicyId("Update")];
    expect(await updateMember(samira, await currentInput(tom.memberId, { policies: updater }))).toMatchObject(
      {
        ok: true,
      },
    );
  });

  test("A3 only an Owner updates an Owner, and no one a user with more access", async () => {
    const org = await createTestOrganization();
    const [mila, samira] = [
      await org.addMember("mila", "admin"),
      await org.addMember("samira", "member", "Update"),
    ];
    const second = await org.addMember("ben", "owner");
    await expectRefusal(mila, await currentInput(second.memberId, { role: "member" }), "owners-only");
    await expectRefusal(samira, await currentInput(mila.memberId, { role: "member" }), "above-you");
    expect(
      await updateMember(org.owner, await currentInput(second.memberId, { role: "member" })),
    ).toMatchObject({
      ok: true,
    });
  });

  test("A3 anyone with roles:assign can give the default role to others, but not to themselves", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { defaultRole: "admin" } });
    const [samira, tom] = [await org.addMember("samira", "member", "Update"), await org.addMember("tom")];
    await expectRefusal(samira, await currentInput(samira.memberId, { role: "admin" }), "exceeds-ceiling");
    expect(await updateMember(samira, await currentInput(tom.memberId, { role: "admin" }))).toMatchObject({
      ok: true,
    });
  });

  test("A1 without roles:assign nothing is changed, even if the permission was lost after the page was opened", async () => {
    const org = await createTestOrganization();
    const [samira, tom] = [await org.addMember("samira", "member", "Create"), await org.addMember("tom")];
    await expectRefusal(samira, await currentInput(tom.memberId, { role: "admin" }), "rights-lost");
    const mila = await org.addMember("mila", "admin");
    expect(
      await updateMember(org.owner, await currentInput(mila.memberId, { role: "member" })),
    ).toMatchObject({
      ok: true,
    });
    await expectRefusal(mila, await currentInput(tom.memberId, { role: "admin" }), "rights-lost");
  });
});

describe("A4 the last Owner", () => {
  test("A4 the last Owner is not demoted, not even by themselves; with a second Owner they can step down", async () => {
    const org = await createTestOrganization();
    const ana = org.owner.memberId;
    await expectRefusal(org.owner, await currentInput(ana, { role: "admin" }), "last-owner");
    const ben = await org.addMember("ben", "owner");
    expect(await updateMember(org.owner, await currentInput(ana, { role: "admin" }))).toMatchObject({
      ok: true,
    });
    await expectRefusal(ben, await currentInput(ben.memberId, { role: "member" }), "last-owner");
  });

  test("A4 an Owner who is blocked or has an unconfirmed address does not count as another Owner", async () => {
    const org = await createTestOrganization();
    const [ben, eva] = [await org.addMember("ben", "owner"), await org.addMember("eva", "owner")];
    await db().member.update({ where: { id: ben.memberId }, data: { addressConfirmed: false } });
    await db().member.update({ where: { id: eva.memberId }, data: { status: "blocked" } });
    await expectRefusal(org.owner, await currentInput(org.owner.memberId, { role: "admin" }), "last-owner");
  });
});

describe("concurrent updates of one user", () => {
  test("the second is refused and the first is kept", async () => {
    const org = await createTestOrganization();
    const tom = await org.addMember("tom");
    const [first, second] = [
      await currentInput(tom.memberId, { role: "admin" }),
      await currentInput(tom.memberId, { policies: [await org.findPolicyId("Read")] }),
    ];
    expect(await updateMember(org.owner, first)).toMatchObject({ ok: true });
    await expectRefusal(org.owner, second, "changed-concurrently");
  });

  test("one of sixteen concurrent updates succeeds", async () => {
    const org = await createTestOrganization();
    const tom = await org.addMember("tom");
    const shown = await currentInput(tom.memberId, { role: "admin" });
    const all = await Promise.all(Array.from({ length: 16 }, () => updateMember(org.owner, shown)));
    expect(all.filter((result) => result.ok)).toHaveLength(1);
    expect((await stateOf(tom.memberId)).row.version).toBe(shown.version + 1);
  });

  test("an unchanged form changes nothing and is not logged", async () => {
    const org = await createTestOrganization();
    const tom = await org.addMember("tom", "member", "Read");
    const before = await stateOf(tom.memberId);
    expect(await updateMember(org.owner, await currentInput(tom.memberId))).toMatchObject({ ok: true });
    expect(await stateOf(tom.memberId)).toEqual(before);
  });
});

describe("unknown users and policies", () => {
  test("another organization's user is not found, and its policies and deleted ones are refused", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [tom, stranger] = [await org.addMember("tom"), await other.addMember("stranger")];
    await expectRefusal(org.owner, await currentInput(stranger.memberId, { role: "admin" }), "not-found");
    const foreign = await currentInput(tom.memberId, { policies: [await other.findPolicyId("Read")] });
    await expectRefusal(org.owner, foreign, "policy-gone");
    const own = await org.findPolicyId("Read");
    const chosen = await currentInput(tom.memberId, { policies: [own] });
    await db().policy.delete({ where: { id: own } });
    await expectRefusal(org.owner, chosen, "policy-gone");
  });

  test("a removed user's role is not changed", async () => {
    const org = await createTestOrganization();
    const tom = await org.addMember("tom");
    await db().member.update({ where: { id: tom.memberId }, data: { status: "removed" } });
    await expectRefusal(
      org.owner,
      await currentInput(tom.memberId, { role: "admin" }),
      "changed-concurrently",
    );
  });
});

describe("A3 the grantor is recorded", () => {
  async function join(org: TestOrganization, invited: { code: string; proof: string; email: string }) {
    const { code, proof } = invited;
    expect(await acceptInvitation(uniqueIp(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
    const { id } = await org.member(invited.email);
    return { ...(await stateOf(id)), logged: (await org.activity(id)).at(-1)?.data };
  }

  test("A3 a role given while invited is not granted if its grantor was demoted before the invitee joined", async () => {
    const org = await createTestOrganization();
    const mila = await org.addMember("mila", "admin");
    const invited = await org.invite();
    const { id: member } = await org.member(invited.email);
    expect(await updateMember(mila, await currentInput(member, { role: "admin" }))).toMatchObject({
      ok: true,
    });
    expect(
      await updateMember(org.owner, await currentInput(mila.memberId, { role: "member" })),
    ).toMatchObject({
      ok: true,
    });
    const { row, logged } = await join(org, invited);
    expect(row).toMatchObject({ status: "active", role: "member" });
    expect(logged).toMatchObject({ withdrawn: "admin" });
  });

  test("A3 each policy depends on its own grantor: one is not granted, the other is, and the timeline shows it", async () => {
    const org = await createTestOrganization();
    const mila = await org.addMember("mila", "admin");
    const [read, remove] = [await org.findPolicyId("Read"), await org.findPolicyId("Delete")];
    const invited = await org.invite();
    const { id: member } = await org.member(invited.email);
    await updateMember(org.owner, await currentInput(member, { policies: [read] }));
    await updateMember(mila, await currentInput(member, { role: "admin", policies: [read, remove] }));
    await updateMember(org.owner, await currentInput(mila.memberId, { role: "member" }));
    const { row, policies, logged } = await join(org, invited);
    expect(row.role).toBe("member");
    expect(policies.map(({ policyId }) => policyId)).toEqual([read]);
    expect(logged).toMatchObject({ withdrawn: "admin", withheld: remove });
  });

  test("A3 the sender of a new invitation becomes the grantor of its role and policies", async () => {
    const org = await createTestOrganization();
    const mila = await org.addMember("mila", "admin");
    const read = await org.findPolicyId("Read");
    const invited = await org.invite(undefined, "admin", mila);
    const { id: member } = await org.member(invited.email);
    await updateMember(mila, await currentInput(member, { policies: [read] }));
    await expireInvitation(invited.invitation);
    const renewed = await renewInvitation(org.owner, { invitation: invited.invitation });
    if (!renewed.ok) throw new Error(renewed.reason);
    await updateMember(org.owner, await currentInput(mila.memberId, { role: "member" }));
    const secrets = await findInvitationSecrets(renewed.value.invitationId);
    const { row, policies } = await join(org, { ...invited, ...secrets });
    expect(row.role).toBe("admin");
    expect(policies.map(({ policyId }) => policyId)).toEqual([read]);
  });
});
