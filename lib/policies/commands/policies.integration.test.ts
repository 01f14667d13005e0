import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { closeQueue, prepareQueue } from "@/lib/jobs/queue";
import { createTestOrganization, uniqueEmail } from "@/lib/organizations/fixture";
import { createPolicy } from "@/lib/policies/commands/create";
import { deletePolicy } from "@/lib/policies/commands/delete";
import { updatePolicy } from "@/lib/policies/commands/update";
import { listPolicies, previewImpact } from "@/lib/policies/queries";

beforeAll(prepareQueue);
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

/** Makes a policy in the Owner's name; answers its id. */
async function made(org: TestOrganization, name: string, ...permissions: string[]): Promise<string> {
  const outcome = await createPolicy(org.owner, { name, permissions });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value.policy;
}

async function give(org: TestOrganization, policy: string, ...people: Actor[]): Promise<void> {
  await db().memberPolicy.createMany({
    data: people.map(({ memberId }) => ({ organizationId: org.id, memberId, policyId: policy })),
  });
}

/** Somebody with a policy of exactly these permissions. */
async function holder(org: TestOrganization, name: string, ...permissions: string[]): Promise<Actor> {
  const person = await org.addMember(name);
  await give(org, await made(org, `Of ${name}`, ...permissions), person);
  return org.actorOf(person.accountId);
}

const find = (id: string) => db().policy.findUnique({ where: { id } });
const log = async (org: TestOrganization) =>
  (
    await db().activity.findMany({
      where: { organizationId: org.id, memberId: null },
      orderBy: { id: "asc" },
    })
  ).map(({ type, data, actorId }) => ({ type, data, actorId }));

describe("a policy of one's own", () => {
  test("G2 is made, listed with the built-in ones first, changed and deleted, and each is noted by ids alone", async () => {
    const org = await createTestOrganization();
    const policy = await made(org, "Catalog readers", "catalog.sources:read", "users:read");
    const bo = await org.addMember("bo");
    await give(org, policy, bo);
    const rows = await listPolicies(org.owner);
    expect(rows.map(({ name, people, readOnlyReason: kept }) => [name, people, kept])).toEqual([
      ["Manage access for organization (Create)", 0, "built-in"],
      ["Manage access for organization (Delete)", 0, "built-in"],
      ["Manage access for organization (Read)", 0, "built-in"],
      ["Manage access for organization (Update)", 0, "built-in"],
      ["Catalog readers", 1, null],
    ]);
    const changed = {
      policy,
      version: 1,
      name: "Catalog people",
      permissions: ["catalog.sources:write", "users:read"],
    };
    expect(await updatePolicy(org.owner, changed)).toEqual({ ok: true, value: null });
    expect([...(await org.actorOf(bo.accountId)).permissions]).toEqual([
      "catalog.sources:write",
      "users:read",
    ]);
    expect(await deletePolicy(org.owner, { policy, version: 2 })).toEqual({ ok: true, value: null });
    expect([...(await org.actorOf(bo.accountId)).permissions]).toEqual([]);
    const actorId = org.owner.memberId;
    expect(await log(org)).toEqual([
      { type: "policy-created", actorId, data: { policy, added: "users:read", addedOwn: "1" } },
      { type: "policy-changed", actorId, data: { policy, renamed: "yes", addedOwn: "1", removedOwn: "1" } },
      { type: "policy-deleted", actorId, data: { policy, people: "1" } },
    ]);
  });

  test("G2 a name is one policy's alone, whatever the case, also when two take it at once", async () => {
    const org = await createTestOrganization();
    await made(org, "Äpfel", "users:read");
    expect(await createPolicy(org.owner, { name: "äPFEL", permissions: ["users:read"] })).toMatchObject({
      reason: "name-taken",
    });
    const other = await made(org, "Pears", "users:read");
    const taken = { policy: other, version: 1, name: "ÄPFEL", permissions: ["users:read"] };
    expect(await updatePolicy(org.owner, taken)).toMatchObject({ reason: "name-taken" });
    expect(await updatePolicy(org.owner, { ...taken, name: "PEARS" })).toMatchObject({ ok: true });
    const both = await Promise.all(
      ["Plums", "plums"].map((name) => createPolicy(org.owner, { name, permissions: ["users:read"] })),
    );
    expect(both.map((one) => (one.ok ? "ok" : one.reason)).sort()).toEqual(["name-taken", "ok"]);
  });

  test("G2 two who edit one policy notice each other: the second is told", async () => {
    const org = await createTestOrganization();
    const policy = await made(org, "Readers", "users:read");
    const edits = await Promise.all(
      ["users:block", "users:update"].map((one) =>
        updatePolicy(org.owner, { policy, version: 1, name: "Readers", permissions: [one] }),
      ),
    );
    expect(edits.map((one) => (one.ok ? "ok" : one.reason)).sort()).toEqual(["changed-concurrently", "ok"]);
    expect(await deletePolicy(org.owner, { policy, version: 1 })).toMatchObject({
      reason: "changed-concurrently",
    });
    expect(await find(policy)).toMatchObject({ version: 2 });
  });

  test("G2 one that vanished meanwhile is refused with a sentence, and another organization's is not found", async () => {
    const [ours, theirs] = [await createTestOrganization(), await createTestOrganization()];
    const policy = await made(ours, "Readers", "users:read");
    const edit = { policy, version: 1, name: "Mine now", permissions: ["users:read"] };
    expect(await updatePolicy(theirs.owner, edit)).toMatchObject({ reason: "policy-gone" });
    expect(await deletePolicy(theirs.owner, edit)).toMatchObject({ reason: "policy-gone" });
    expect(await previewImpact(theirs.owner, { policy, remaining: [] })).toEqual([]);
    expect(await deletePolicy(ours.owner, edit)).toMatchObject({ ok: true });
    expect(await updatePolicy(ours.owner, edit)).toMatchObject({ reason: "policy-gone" });
    const late = await inviteMembers(ours.owner, {
      addresses: [uniqueEmail("lea")],
      role: "member",
      policies: [policy],
    });
    expect(late).toMatchObject({ reason: "policy-gone" });
  });

  test("G2 the built-in ones are neither changed nor deleted, by anybody", async () => {
    const org = await createTestOrganization();
    const builtIn = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    const edit = { policy: builtIn.id, version: 1, name: "Mine", permissions: ["users:read"] };
    expect(await updatePolicy(org.owner, edit)).toMatchObject({ reason: "built-in" });
    expect(await deletePolicy(org.owner, edit)).toMatchObject({ reason: "built-in" });
    expect(await find(builtIn.id)).toEqual(builtIn);
  });

  test("G2 deleting takes it from the invited as well, and their invitation stays", async () => {
    const org = await createTestOrganization();
    const policy = await made(org, "Readers", "users:read");
    const email = uniqueEmail("lea");
    await inviteMembers(org.owner, { addresses: [email], role: "member", policies: [policy] });
    expect(await previewImpact(org.owner, { policy, remaining: [] })).toMatchObject([{ lose: 1, keep: 0 }]);
    await deletePolicy(org.owner, { policy, version: 1 });
    expect(await db().memberPolicy.count({ where: { policyId: policy } })).toBe(0);
    expect(await org.member(email)).toMatchObject({ status: "invited" });
  });
});

describe("who loses what", () => {
  test("G2 counts come from the database: who loses it, who keeps it by a role or another policy, and whether it is you", async () => {
    const org = await createTestOrganization();
    const bo = await holder(org, "bo", "policies:manage", "users:read");
    const policy = await made(org, "Inviters", "users:read", "invitations:create", "catalog.sources:read");
    const [cy, di, ed, admin] = [
      await org.addMember("cy"),
      await org.addMember("di", "member", "Create"),
      await org.addMember("ed"),
      await org.addMember("flo", "admin"),
    ];
    await give(org, policy, bo, cy, di, ed, admin);
    await db().member.update({ where: { id: ed.memberId }, data: { status: "removed" } });
    expect(await previewImpact(bo, { policy, remaining: [] })).toEqual([
      { permission: "catalog.sources:read", lose: 4, keep: 0, you: true },
      { permission: "invitations:create", lose: 2, keep: 2, you: true },
      { permission: "users:read", lose: 1, keep: 3, you: false },
    ]);
    expect(await previewImpact(bo, { policy, remaining: ["users:read", "catalog.sources:read"] })).toEqual([
      { permission: "invitations:create", lose: 2, keep: 2, you: true },
    ]);
  });
});

describe("the ceiling", () => {
  test("A3 nobody puts into a policy a permission that they do not hold, nor a free string without roles:assign", async () => {
    const org = await createTestOrganization();
    const bo = await holder(org, "bo", "policies:manage", "users:read");
    for (const permission of ["users:remove", "catalog.sources:read"])
      expect(await createPolicy(bo, { name: "More", permissions: [permission] })).toMatchObject({
        reason: "above-you",
      });
    const policy = await made(org, "Readers", "users:read");
    const edit = { policy, version: 1, name: "Readers", permissions: ["users:read", "users:remove"] };
    expect(await updatePolicy(bo, edit)).toMatchObject({ reason: "above-you" });
    expect(await find(policy)).toMatchObject({ permissions: ["users:read"], version: 1 });
    expect(await createPolicy(bo, { name: "As much", permissions: ["users:read"] })).toMatchObject({
      ok: true,
    });
  });

  test("A3 nobody changes or deletes a policy that grants more than they hold", async () => {
    const org = await createTestOrganization();
    const bo = await holder(org, "bo", "policies:manage", "users:read");
    for (const permission of ["users:remove", "catalog.sources:read"]) {
      const policy = await made(org, `With ${permission}`, "users:read", permission);
      const less = { policy, version: 1, name: "Less", permissions: ["users:read"] };
      expect(await updatePolicy(bo, less)).toMatchObject({ reason: "above-you" });
      expect(await deletePolicy(bo, less)).toMatchObject({ reason: "above-you" });
      expect(await find(policy)).toMatchObject({ version: 1 });
    }
    const kept = (await listPolicies(bo)).map(({ name, readOnlyReason: kept }) => [name, kept]);
    expect(kept).toContainEqual(["With users:remove", "above-you"]);
  });

  test("A3 nobody edits themselves up: not by Foyer's permissions, nor by free strings in a policy of their own", async () => {
    const org = await createTestOrganization();
    const bo = await holder(org, "bo", "policies:manage", "roles:assign", "catalog.sources:read");
    const own = await db().policy.findFirstOrThrow({ where: { organizationId: org.id, name: "Of bo" } });
    const edit = (...more: string[]) =>
      updatePolicy(bo, {
        policy: own.id,
        version: 1,
        name: own.name,
        permissions: [...own.permissions, ...more],
      });
    expect(await edit("users:remove")).toMatchObject({ reason: "above-you" });
    expect(await edit("catalog.sources:write")).toMatchObject({ reason: "own-policy" });
    expect(await find(own.id)).toEqual(own);
    const others = await made(org, "Catalog", "catalog.sources:read");
    const allowed = { policy: others, version: 1, name: "Catalog", permissions: ["catalog.sources:write"] };
    expect(await updatePolicy(bo, allowed)).toMatchObject({ ok: true });
  });

  test("A3 rights lost a moment ago decide: a demoted Admin changes nothing any more", async () => {
    const org = await createTestOrganization();
    const admin = await org.addMember("flo", "admin");
    const policy = await made(org, "Readers", "users:read");
    await db().member.update({ where: { id: admin.memberId }, data: { role: "member" } });
    const edit = { policy, version: 1, name: "Mine", permissions: ["users:read"] };
    expect(await createPolicy(admin, edit)).toMatchObject({ reason: "rights-lost" });
    expect(await updatePolicy(admin, edit)).toMatchObject({ reason: "rights-lost" });
    expect(await deletePolicy(admin, edit)).toMatchObject({ reason: "rights-lost" });
    expect(await find(policy)).toMatchObject({ name: "Readers", version: 1 });
  });

  test("A3 whoever gives by a policy and whoever takes from it at once are decided one after the other", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 20; round++) {
      const policy = await made(org, `Givers ${round}`, "policies:manage", "users:remove");
      const bo = await org.addMember("bo");
      await give(org, policy, bo);
      const actor = await org.actorOf(bo.accountId);
      const [made2, taken] = await Promise.all([
        createPolicy(actor, { name: `Made ${round}`, permissions: ["users:remove"] }),
        updatePolicy(org.owner, {
          policy,
          version: 1,
          name: `Givers ${round}`,
          permissions: ["policies:manage"],
        }),
      ]);
      expect(taken).toMatchObject({ ok: true });
      const happened = (await log(org)).slice(-2).map(({ type }) => type);
      // Made only before it was taken away, and noted in that order.
      if (made2.ok) expect(happened).toEqual(["policy-created", "policy-changed"]);
      else expect(made2.reason).toBe("above-you");
    }
  });
});
