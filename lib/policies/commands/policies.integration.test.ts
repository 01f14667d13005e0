import { describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { createPolicy } from "@/lib/policies/commands/create";
import { deletePolicy } from "@/lib/policies/commands/delete";
import { updatePolicy } from "@/lib/policies/commands/update";
import { listPolicies, previewImpact } from "@/lib/policies/queries";
import { createTestOrganization, type TestOrganization, uniqueEmail } from "@/test/factories";

/** Creates a policy as the Owner. Returns its id. */
async function createTestPolicy(
  org: TestOrganization,
  name: string,
  ...permissions: string[]
): Promise<string> {
  const result = await createPolicy(org.owner, { name, permissions });
  if (!result.ok) throw new Error(result.reason);
  return result.value.policy;
}

async function assignPolicy(org: TestOrganization, policy: string, ...members: Actor[]): Promise<void> {
  await db().memberPolicy.createMany({
    data: members.map(({ memberId }) => ({ organizationId: org.id, memberId, policyId: policy })),
  });
}

/** Adds a Member with exactly these permissions. Returns the actor. */
async function addMemberWith(org: TestOrganization, name: string, ...permissions: string[]): Promise<Actor> {
  const person = await org.addMember(name);
  await assignPolicy(org, await createTestPolicy(org, `Of ${name}`, ...permissions), person);
  return org.actorOf(person.accountId);
}

const findPolicy = (id: string) => db().policy.findUnique({ where: { id } });
const findLog = async (org: TestOrganization) =>
  (
    await db().activity.findMany({
      where: { organizationId: org.id, memberId: null },
      orderBy: { id: "asc" },
    })
  ).map(({ type, data, actorId }) => ({ type, data, actorId }));

describe("a custom policy", () => {
  test("G2 is created, listed after the built-in ones, changed and deleted, and logged only by ids", async () => {
    const org = await createTestOrganization();
    const policy = await createTestPolicy(org, "Catalog readers", "catalog.sources:read", "users:read");
    const bo = await org.addMember("bo");
    await assignPolicy(org, policy, bo);
    const rows = await listPolicies(org.owner);
    expect(rows.map(({ name, people, readOnlyReason }) => [name, people, readOnlyReason])).toEqual([
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
    expect(await findLog(org)).toEqual([
      { type: "policy-created", actorId, data: { policy, added: "users:read", addedOwn: "1" } },
      { type: "policy-changed", actorId, data: { policy, renamed: "yes", addedOwn: "1", removedOwn: "1" } },
      { type: "policy-deleted", actorId, data: { policy, people: "1" } },
    ]);
  });

  test("G2 a name is unique regardless of case, even when two policies get it concurrently", async () => {
    const org = await createTestOrganization();
    await createTestPolicy(org, "Äpfel", "users:read");
    expect(await createPolicy(org.owner, { name: "äPFEL", permissions: ["users:read"] })).toMatchObject({
      reason: "name-taken",
    });
    const other = await createTestPolicy(org, "Pears", "users:read");
    const taken = { policy: other, version: 1, name: "ÄPFEL", permissions: ["users:read"] };
    expect(await updatePolicy(org.owner, taken)).toMatchObject({ reason: "name-taken" });
    expect(await updatePolicy(org.owner, { ...taken, name: "PEARS" })).toMatchObject({ ok: true });
    const both = await Promise.all(
      ["Plums", "plums"].map((name) => createPolicy(org.owner, { name, permissions: ["users:read"] })),
    );
    expect(both.map((result) => (result.ok ? "ok" : result.reason)).sort()).toEqual(["name-taken", "ok"]);
  });

  test("G2 the second of two concurrent changes to a policy is refused", async () => {
    const org = await createTestOrganization();
    const policy = await createTestPolicy(org, "Readers", "users:read");
    const edits = await Promise.all(
      ["users:block", "users:update"].map((permission) =>
        updatePolicy(org.owner, { policy, version: 1, name: "Readers", permissions: [permission] }),
      ),
    );
    expect(edits.map((result) => (result.ok ? "ok" : result.reason)).sort()).toEqual([
      "changed-concurrently",
      "ok",
    ]);
    expect(await deletePolicy(org.owner, { policy, version: 1 })).toMatchObject({
      reason: "changed-concurrently",
    });
    expect(await findPolicy(policy)).toMatchObject({ version: 2 });
  });

  test("G2 a deleted policy is refused, and another organization's is not found", async () => {
    const [ours, theirs] = [await createTestOrganization(), await createTestOrganization()];
    const policy = await createTestPolicy(ours, "Readers", "users:read");
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

  test("G2 built-in policies cannot be changed or deleted, not even by an Owner", async () => {
    const org = await createTestOrganization();
    const builtIn = await db().policy.findFirstOrThrow({ where: { organizationId: org.id } });
    const edit = { policy: builtIn.id, version: 1, name: "Mine", permissions: ["users:read"] };
    expect(await updatePolicy(org.owner, edit)).toMatchObject({ reason: "built-in" });
    expect(await deletePolicy(org.owner, edit)).toMatchObject({ reason: "built-in" });
    expect(await findPolicy(builtIn.id)).toEqual(builtIn);
  });

  test("G2 deleting also removes it from invited users, and keeps their invitations", async () => {
    const org = await createTestOrganization();
    const policy = await createTestPolicy(org, "Readers", "users:read");
    const email = uniqueEmail("lea");
    await inviteMembers(org.owner, { addresses: [email], role: "member", policies: [policy] });
    expect(await previewImpact(org.owner, { policy, remaining: [] })).toMatchObject([
      { losing: 1, keeping: 0 },
    ]);
    await deletePolicy(org.owner, { policy, version: 1 });
    expect(await db().memberPolicy.count({ where: { policyId: policy } })).toBe(0);
    expect(await org.member(email)).toMatchObject({ status: "invited" });
  });
});

describe("the impact preview", () => {
  test("G2 counts who loses a permission, who keeps it by role or another policy, and whether the actor does", async () => {
    const org = await createTestOrganization();
    const bo = await addMemberWith(org, "bo", "policies:manage", "users:read");
    const policy = await createTestPolicy(
      org,
      "Inviters",
      "users:read",
      "invitations:create",
      "catalog.sources:read",
    );
    const [cy, di, ed, admin] = [
      await org.addMember("cy"),
      await org.addMember("di", "member", "Create"),
      await org.addMember("ed"),
      await org.addMember("flo", "admin"),
    ];
    await assignPolicy(org, policy, bo, cy, di, ed, admin);
    await db().member.update({ where: { id: ed.memberId }, data: { status: "removed" } });
    expect(await previewImpact(bo, { policy, remaining: [] })).toEqual([
      { permission: "catalog.sources:read", losing: 4, keeping: 0, includesYou: true },
      { permission: "invitations:create", losing: 2, keeping: 2, includesYou: true },
      { permission: "users:read", losing: 1, keeping: 3, includesYou: false },
    ]);
    expect(await previewImpact(bo, { policy, remaining: ["users:read", "catalog.sources:read"] })).toEqual([
      { permission: "invitations:create", losing: 2, keeping: 2, includesYou: true },
    ]);
  });
});

describe("the ceiling", () => {
  test("A3 no one adds a permission that they do not have to a policy, nor a custom one without roles:assign", async () => {
    const org = await createTestOrganization();
    const bo = await addMemberWith(org, "bo", "policies:manage", "users:read");
    for (const permission of ["users:remove", "catalog.sources:read"])
      expect(await createPolicy(bo, { name: "More", permissions: [permission] })).toMatchObject({
        reason: "above-you",
      });
    const policy = await createTestPolicy(org, "Readers", "users:read");
    const edit = { policy, version: 1, name: "Readers", permissions: ["users:read", "users:remove"] };
    expect(await updatePolicy(bo, edit)).toMatchObject({ reason: "above-you" });
    expect(await findPolicy(policy)).toMatchObject({ permissions: ["users:read"], version: 1 });
    expect(await createPolicy(bo, { name: "As much", permissions: ["users:read"] })).toMatchObject({
      ok: true,
    });
  });

  test("A3 no one changes or deletes a policy that grants more than they have", async () => {
    const org = await createTestOrganization();
    const bo = await addMemberWith(org, "bo", "policies:manage", "users:read");
    for (const permission of ["users:remove", "catalog.sources:read"]) {
      const policy = await createTestPolicy(org, `With ${permission}`, "users:read", permission);
      const less = { policy, version: 1, name: "Less", permissions: ["users:read"] };
      expect(await updatePolicy(bo, less)).toMatchObject({ reason: "above-you" });
      expect(await deletePolicy(bo, less)).toMatchObject({ reason: "above-you" });
      expect(await findPolicy(policy)).toMatchObject({ version: 1 });
    }
    const reasons = (await listPolicies(bo)).map(({ name, readOnlyReason }) => [name, readOnlyReason]);
    expect(reasons).toContainEqual(["With users:remove", "above-you"]);
  });

  test("A3 no one raises their own rights by changing a policy that they have", async () => {
    const org = await createTestOrganization();
    const bo = await addMemberWith(org, "bo", "policies:manage", "roles:assign", "catalog.sources:read");
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
    expect(await findPolicy(own.id)).toEqual(own);
    const others = await createTestPolicy(org, "Catalog", "catalog.sources:read");
    const allowed = { policy: others, version: 1, name: "Catalog", permissions: ["catalog.sources:write"] };
    expect(await updatePolicy(bo, allowed)).toMatchObject({ ok: true });
  });

  test("A3 a demoted Admin can no longer change policies", async () => {
    const org = await createTestOrganization();
    const admin = await org.addMember("flo", "admin");
    const policy = await createTestPolicy(org, "Readers", "users:read");
    await db().member.update({ where: { id: admin.memberId }, data: { role: "member" } });
    const edit = { policy, version: 1, name: "Mine", permissions: ["users:read"] };
    expect(await createPolicy(admin, edit)).toMatchObject({ reason: "rights-lost" });
    expect(await updatePolicy(admin, edit)).toMatchObject({ reason: "rights-lost" });
    expect(await deletePolicy(admin, edit)).toMatchObject({ reason: "rights-lost" });
    expect(await findPolicy(policy)).toMatchObject({ name: "Readers", version: 1 });
  });

  test("A3 granting by a policy and changing that policy concurrently are serialized", async () => {
    const org = await createTestOrganization();
    for (let round = 0; round < 20; round++) {
      const policy = await createTestPolicy(org, `Givers ${round}`, "policies:manage", "users:remove");
      const bo = await org.addMember("bo");
      await assignPolicy(org, policy, bo);
      const actor = await org.actorOf(bo.accountId);
      const [created, updated] = await Promise.all([
        createPolicy(actor, { name: `Made ${round}`, permissions: ["users:remove"] }),
        updatePolicy(org.owner, {
          policy,
          version: 1,
          name: `Givers ${round}`,
          permissions: ["policies:manage"],
        }),
      ]);
      expect(updated).toMatchObject({ ok: true });
      const types = (await findLog(org)).slice(-2).map(({ type }) => type);
      // Created only before the permission was removed, and logged in that order.
      if (created.ok) expect(types).toEqual(["policy-created", "policy-changed"]);
      else expect(created.reason).toBe("above-you");
    }
  });
});
