import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { accept } from "@/lib/invitations/commands/join";
import { renew } from "@/lib/invitations/commands/renew";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { type Change, change } from "@/lib/members/commands/change";
import { createTestOrganization, expire, secretsOf } from "@/lib/organizations/fixture";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;
const lea = { name: "Lea Stein", password: "lovely geese walk" };
let visitors = 0;
const ip = () => `10.7.${visitors >> 8}.${visitors++ & 255}`;

/** Everything the database says of somebody, to show that a refusal changed nothing. */
async function stateOf(member: string) {
  const [row, policies, activity] = await Promise.all([
    db().member.findUniqueOrThrow({ where: { id: member } }),
    db().memberPolicy.findMany({ where: { memberId: member }, orderBy: { policyId: "asc" } }),
    db().activity.count({ where: { memberId: member } }),
  ]);
  return { row, policies, activity };
}

/** What the screen of an actor would send about somebody as they stand now. */
async function asShown(member: string, wish: Partial<Change> = {}): Promise<Change> {
  const { row, policies } = await stateOf(member);
  const held = policies.map(({ policyId }) => policyId);
  return { member, role: row.role as Change["role"], policies: held, version: row.version, ...wish };
}

async function expectRefusal(actor: Actor, input: Change, reason: string) {
  const before = await stateOf(input.member);
  expect(await change(actor, input)).toMatchObject({ ok: false, reason });
  expect(await stateOf(input.member)).toEqual(before);
}

describe("B7 changing somebody who is invited", () => {
  test("B7 role and policies change while invited; link, code and expiry stay, and the invitation's role follows", async () => {
    const org = await createTestOrganization();
    const { email, invitation, code, proof } = await org.invite();
    const { id: member, invitedUntil } = await org.member(email);
    const read = await org.policy("Read");
    expect(await change(org.owner, await asShown(member, { role: "admin", policies: [read] }))).toEqual({
      ok: true,
      value: null,
    });
    expect(await secretsOf(invitation)).toEqual({ code, proof });
    expect(await db().invitation.findUnique({ where: { id: invitation } })).toMatchObject({
      role: "admin",
      settledAs: null,
      expiresAt: invitedUntil,
    });
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
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

  test("B7 also once the invitation has expired; a new one promises the new role", async () => {
    const org = await createTestOrganization();
    const { email, invitation } = await org.invite();
    await expire(invitation);
    const { id: member } = await org.member(email);
    expect(await change(org.owner, await asShown(member, { role: "admin" }))).toMatchObject({ ok: true });
    const renewed = await renew(org.owner, { invitation });
    if (!renewed.ok) throw new Error(renewed.reason);
    expect(await db().invitation.findUnique({ where: { id: renewed.value.invitationId } })).toMatchObject({
      role: "admin",
    });
  });
});

describe("A3 the ceiling when changing", () => {
  test("A3 a role above one's own by a crafted post: refused, nothing changed", async () => {
    const org = await createTestOrganization();
    const [mila, samira, tom] = [
      await org.seat("mila", "admin"),
      await org.seat("samira", "member", "Update"),
      await org.seat("tom"),
    ];
    await expectRefusal(mila, await asShown(tom.memberId, { role: "owner" }), "above-your-own");
    await expectRefusal(samira, await asShown(tom.memberId, { role: "admin" }), "above-your-own");
    const remover = [await org.policy("Delete")];
    await expectRefusal(samira, await asShown(tom.memberId, { policies: remover }), "above-your-own");
    const updater = [await org.policy("Update")];
    expect(await change(samira, await asShown(tom.memberId, { policies: updater }))).toMatchObject({
      ok: true,
    });
  });

  test("A3 nobody changes an Owner but an Owner, nor anybody who holds more than they do", async () => {
    const org = await createTestOrganization();
    const [mila, samira] = [await org.seat("mila", "admin"), await org.seat("samira", "member", "Update")];
    const second = await org.seat("ben", "owner");
    await expectRefusal(mila, await asShown(second.memberId, { role: "member" }), "owners-only");
    await expectRefusal(samira, await asShown(mila.memberId, { role: "member" }), "above-you");
    expect(await change(org.owner, await asShown(second.memberId, { role: "member" }))).toMatchObject({
      ok: true,
    });
  });

  test("A3 the default role may be given by whoever assigns, but to nobody's own self", async () => {
    const org = await createTestOrganization();
    await db().organization.update({ where: { id: org.id }, data: { defaultRole: "admin" } });
    const [samira, tom] = [await org.seat("samira", "member", "Update"), await org.seat("tom")];
    await expectRefusal(samira, await asShown(samira.memberId, { role: "admin" }), "above-your-own");
    expect(await change(samira, await asShown(tom.memberId, { role: "admin" }))).toMatchObject({ ok: true });
  });

  test("A1 without roles:assign nothing is changed; a right lost since the page was opened counts as lost", async () => {
    const org = await createTestOrganization();
    const [samira, tom] = [await org.seat("samira", "member", "Create"), await org.seat("tom")];
    await expectRefusal(samira, await asShown(tom.memberId, { role: "admin" }), "rights-lost");
    const mila = await org.seat("mila", "admin");
    expect(await change(org.owner, await asShown(mila.memberId, { role: "member" }))).toMatchObject({
      ok: true,
    });
    await expectRefusal(mila, await asShown(tom.memberId, { role: "admin" }), "rights-lost");
  });
});

describe("A4 an Owner remains", () => {
  test("A4 the last Owner is not demoted, not even by themselves; with a second one they may step down", async () => {
    const org = await createTestOrganization();
    const ana = org.owner.memberId;
    await expectRefusal(org.owner, await asShown(ana, { role: "admin" }), "last-owner");
    const ben = await org.seat("ben", "owner");
    expect(await change(org.owner, await asShown(ana, { role: "admin" }))).toMatchObject({ ok: true });
    await expectRefusal(ben, await asShown(ben.memberId, { role: "member" }), "last-owner");
  });

  test("A4 an Owner whose address is not confirmed, or who is blocked, is none who remains", async () => {
    const org = await createTestOrganization();
    const [ben, eva] = [await org.seat("ben", "owner"), await org.seat("eva", "owner")];
    await db().member.update({ where: { id: ben.memberId }, data: { addressConfirmed: false } });
    await db().member.update({ where: { id: eva.memberId }, data: { status: "blocked" } });
    await expectRefusal(org.owner, await asShown(org.owner.memberId, { role: "admin" }), "last-owner");
  });
});

describe("two people at one profile", () => {
  test("the second one notices: refused, and the first one's choice stands", async () => {
    const org = await createTestOrganization();
    const tom = await org.seat("tom");
    const [first, second] = [
      await asShown(tom.memberId, { role: "admin" }),
      await asShown(tom.memberId, { policies: [await org.policy("Read")] }),
    ];
    expect(await change(org.owner, first)).toMatchObject({ ok: true });
    await expectRefusal(org.owner, second, "changed-meanwhile");
  });

  test("of sixteen at once one is heard", async () => {
    const org = await createTestOrganization();
    const tom = await org.seat("tom");
    const shown = await asShown(tom.memberId, { role: "admin" });
    const all = await Promise.all(Array.from({ length: 16 }, () => change(org.owner, shown)));
    expect(all.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect((await stateOf(tom.memberId)).row.version).toBe(shown.version + 1);
  });

  test("what is sent as it was changes nothing, and the timeline keeps quiet", async () => {
    const org = await createTestOrganization();
    const tom = await org.seat("tom", "member", "Read");
    const before = await stateOf(tom.memberId);
    expect(await change(org.owner, await asShown(tom.memberId))).toMatchObject({ ok: true });
    expect(await stateOf(tom.memberId)).toEqual(before);
  });
});

describe("what is not there", () => {
  test("another organization's user is not found, its policies are gone, and so is one that vanished meanwhile", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [tom, stranger] = [await org.seat("tom"), await other.seat("stranger")];
    await expectRefusal(org.owner, await asShown(stranger.memberId, { role: "admin" }), "not-found");
    const foreign = await asShown(tom.memberId, { policies: [await other.policy("Read")] });
    await expectRefusal(org.owner, foreign, "policy-gone");
    const own = await org.policy("Read");
    const chosen = await asShown(tom.memberId, { policies: [own] });
    await db().policy.delete({ where: { id: own } });
    await expectRefusal(org.owner, chosen, "policy-gone");
  });

  test("who was removed has no role to change", async () => {
    const org = await createTestOrganization();
    const tom = await org.seat("tom");
    await db().member.update({ where: { id: tom.memberId }, data: { status: "removed" } });
    await expectRefusal(org.owner, await asShown(tom.memberId, { role: "admin" }), "changed-meanwhile");
  });
});

describe("A3 the giver is remembered", () => {
  async function join(org: TestOrganization, invited: { code: string; proof: string; email: string }) {
    const { code, proof } = invited;
    expect(await accept(ip(), null, { code, proof, ...lea })).toMatchObject({ ok: true });
    const { id } = await org.member(invited.email);
    return { ...(await stateOf(id)), told: (await org.activity(id)).at(-1)?.data };
  }

  test("A3 a role given while invited is withheld when its giver was demoted before the acceptance", async () => {
    const org = await createTestOrganization();
    const mila = await org.seat("mila", "admin");
    const invited = await org.invite();
    const { id: member } = await org.member(invited.email);
    expect(await change(mila, await asShown(member, { role: "admin" }))).toMatchObject({ ok: true });
    expect(await change(org.owner, await asShown(mila.memberId, { role: "member" }))).toMatchObject({
      ok: true,
    });
    const { row, told } = await join(org, invited);
    expect(row).toMatchObject({ status: "active", role: "member" });
    expect(told).toMatchObject({ withdrawn: "admin" });
  });

  test("A3 each policy counts by its own giver: one is withheld, the other stays, and the timeline names it", async () => {
    const org = await createTestOrganization();
    const mila = await org.seat("mila", "admin");
    const [read, remove] = [await org.policy("Read"), await org.policy("Delete")];
    const invited = await org.invite();
    const { id: member } = await org.member(invited.email);
    await change(org.owner, await asShown(member, { policies: [read] }));
    await change(mila, await asShown(member, { role: "admin", policies: [read, remove] }));
    await change(org.owner, await asShown(mila.memberId, { role: "member" }));
    const { row, policies, told } = await join(org, invited);
    expect(row.role).toBe("member");
    expect(policies.map(({ policyId }) => policyId)).toEqual([read]);
    expect(told).toMatchObject({ withdrawn: "admin", withheld: remove });
  });

  test("A3 who sends a new invitation gives everything it promises from then on", async () => {
    const org = await createTestOrganization();
    const mila = await org.seat("mila", "admin");
    const read = await org.policy("Read");
    const invited = await org.invite(undefined, "admin", mila);
    const { id: member } = await org.member(invited.email);
    await change(mila, await asShown(member, { policies: [read] }));
    await expire(invited.invitation);
    const renewed = await renew(org.owner, { invitation: invited.invitation });
    if (!renewed.ok) throw new Error(renewed.reason);
    await change(org.owner, await asShown(mila.memberId, { role: "member" }));
    const secrets = await secretsOf(renewed.value.invitationId);
    const { row, policies } = await join(org, { ...invited, ...secrets });
    expect(row.role).toBe("admin");
    expect(policies.map(({ policyId }) => policyId)).toEqual([read]);
  });
});
