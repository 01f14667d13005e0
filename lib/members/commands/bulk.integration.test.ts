import { describe, expect, test } from "vitest";
import { runUserBatch } from "@/lib/admin/user-batch";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { translationFor } from "@/lib/i18n/translation";
import { addToCounts, type BulkItemResult, type BulkTarget } from "@/lib/lists/bulk";
import { blockMembers } from "@/lib/members/commands/block";
import { updateMembers } from "@/lib/members/commands/update";
import { BLOCK_MESSAGES, UPDATE_MEMBERS_MESSAGES } from "@/lib/members/messages";
import { countMatchingUsers } from "@/lib/members/queries/matches";
import type { Role } from "@/lib/permissions/roles";
import { createTestOrganization, type TestOrganization } from "@/test/factories";

const ENGLISH = translationFor("en");
const noShownIds = { shownIds: [] };

const blockBatch = (actor: Actor, target: BulkTarget) =>
  runUserBatch(ENGLISH, actor, { target, ...noShownIds }, BLOCK_MESSAGES, (members) =>
    blockMembers(actor, { members }),
  );
const roleBatch = (actor: Actor, target: BulkTarget, role: Role) =>
  runUserBatch(ENGLISH, actor, { target, ...noShownIds }, UPDATE_MEMBERS_MESSAGES, (members) =>
    updateMembers(actor, { members, role }),
  );
const policyBatch = (actor: Actor, target: BulkTarget, policy: string) =>
  runUserBatch(ENGLISH, actor, { target, ...noShownIds }, UPDATE_MEMBERS_MESSAGES, (members) =>
    updateMembers(actor, { members, policy }),
  );

async function outcomesOf(batch: ReturnType<typeof blockBatch | typeof roleBatch>): Promise<string[]> {
  const { ok, ...rest } = await batch;
  if (!ok || !("value" in rest)) throw new Error(JSON.stringify(rest));
  return rest.value.results.map(({ outcome }) => outcome);
}

async function runAllBatches(
  batch: (target: BulkTarget) => ReturnType<typeof roleBatch | typeof blockBatch>,
  query: string,
) {
  const all: BulkItemResult[] = [];
  for (let next: string | null = query; next !== null; ) {
    const result = await batch({ query: next });
    if (!result.ok) throw new Error(result.reason);
    all.push(...result.value.results);
    next = result.value.next;
  }
  return all;
}

/** Adds active Members, named `N 001` and so on. Returns their ids. */
async function addMembers(org: TestOrganization, count: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    WITH person AS (
      SELECT format('n%s-%s@members.test', n, ${org.slug}::text) AS email, format('N %s', lpad(n::text, 3, '0')) AS name
      FROM generate_series(1, ${count}::int) n),
    account AS (
      INSERT INTO account (email, name, verified_at) SELECT email, name, now() FROM person RETURNING id, email, name)
    INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
    SELECT gen_random_uuid(), ${org.id}::uuid, email, name, id, 'active', 'member', true, now() FROM account RETURNING id`;
  return rows.map(({ id }) => id);
}

const roleOf = async (member: string) =>
  (await db().member.findUniqueOrThrow({ where: { id: member } })).role;
const countOwners = (org: TestOrganization) =>
  db().member.count({ where: { organizationId: org.id, role: "owner", status: "active" } });

describe("C9 changing the role of several users", () => {
  test("C9 each user gets a result, including the invited; users of another organization are not found", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [mia, omar] = [await org.addMember("mia"), await org.addMember("omar", "admin")];
    const guest = await org.invite();
    const gone = await org.addMember("gone");
    await db().member.update({ where: { id: gone.memberId }, data: { status: "removed", accountId: null } });
    const invited = (await org.member(guest.email)).id;
    const ids = [mia, omar, gone, other.owner, org.owner].map(({ memberId }) => memberId);
    const results = await outcomesOf(roleBatch(org.owner, { ids: [...ids, invited] }, "admin"));
    // Owners are processed last.
    expect(results).toEqual([
      "done",
      "unchanged",
      "changed-concurrently",
      "not-found",
      "done",
      "not-yourself",
    ]);
    expect(await org.activity(mia.memberId)).toEqual([
      { type: "changed", data: { from: "member", role: "admin" } },
    ]);
    expect(await db().invitation.findUnique({ where: { id: guest.invitation } })).toMatchObject({
      role: "admin",
    });
    expect(await roleOf(other.owner.memberId)).toBe("owner");
  });

  test("A3 C9 the ceiling applies to each user, and A4 the last Owner stays", async () => {
    const org = await createTestOrganization();
    const admin = await org.addMember("mia", "admin");
    const member = await org.addMember("omar");
    const ids = [org.owner.memberId, member.memberId];
    expect(await outcomesOf(roleBatch(admin, { ids }, "owner"))).toEqual(["exceeds-ceiling", "owners-only"]);
    expect(await outcomesOf(roleBatch(admin, { ids }, "member"))).toEqual(["unchanged", "owners-only"]);

    const others = [await org.addMember("eva", "owner"), await org.addMember("kai", "owner")];
    // The confirmed Owner is one who remains.
    await db().member.update({ where: { id: org.owner.memberId }, data: { addressConfirmed: true } });
    const all = others.map(({ memberId }) => memberId);
    const [eva] = others;
    if (!eva) throw new Error("no Owner");
    expect(await outcomesOf(roleBatch(eva, { ids: [...all, org.owner.memberId] }, "member"))).toEqual([
      "not-yourself",
      "done",
      "done",
    ]);
    expect(await countOwners(org)).toBe(1);
  });

  test("A4 C9 one of several Owners who block each other concurrently always remains", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await createTestOrganization();
      const all = [org.owner, await org.addMember("eva", "owner"), await org.addMember("kai", "owner")];
      const ids = all.map(({ memberId }) => memberId);
      await Promise.all([
        blockBatch(all[0] as Actor, { ids }),
        blockBatch(all[1] as Actor, { ids: [...ids].reverse() }),
        roleBatch(all[2] as Actor, { ids }, "member"),
      ]);
      expect(await countOwners(org)).toBe(1);
    }
  });

  test("C9 all matching users get the role once, although they leave the filter", async () => {
    const org = await createTestOrganization();
    await addMembers(org, 230);
    expect(await countMatchingUsers(org.owner, "?role=member")).toBe(230);
    const results = await runAllBatches(
      (target) => roleBatch(org.owner, target, "admin"),
      "?role=member&sort=-active",
    );
    expect(addToCounts({}, results)).toEqual({ done: 230 });
    expect(new Set(results.map(({ id }) => id)).size).toBe(230);
    expect(await countMatchingUsers(org.owner, "?role=member")).toBe(0);
  });
});

describe("C9 adding a policy to several users", () => {
  test("C9 other policies are kept, and users who already have it are reported as unchanged", async () => {
    const org = await createTestOrganization();
    const [read, create] = [await org.findPolicyId("Read"), await org.findPolicyId("Create")];
    const [mia, omar] = [
      await org.addMember("mia", "member", "Read"),
      await org.addMember("omar", "member", "Create"),
    ];
    const ids = [mia.memberId, omar.memberId];
    expect(await outcomesOf(policyBatch(org.owner, { ids }, create))).toEqual(["done", "unchanged"]);
    const row = await db().member.findUniqueOrThrow({ where: { id: mia.memberId } });
    expect([...row.policyIds].sort()).toEqual([read, create].sort());
    expect(await org.activity(mia.memberId)).toEqual([{ type: "changed", data: { given: create } }]);
    const assignments = await db().memberPolicy.findMany({ where: { memberId: mia.memberId } });
    expect(assignments.find(({ policyId }) => policyId === read)?.grantedBy).toBeNull();
    expect(assignments.find(({ policyId }) => policyId === create)?.grantedBy).toBe(org.owner.memberId);
  });

  test("C9 a policy of another organization refuses the whole batch", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [id = ""] = await addMembers(org, 1);
    expect(await policyBatch(org.owner, { ids: [id] }, await other.findPolicyId("Read"))).toMatchObject({
      ok: false,
      reason: "policy-gone",
    });
  });

  test("C9 all matching users get the policy, although they leave the filter", async () => {
    const org = await createTestOrganization();
    await addMembers(org, 210);
    const read = await org.findPolicyId("Read");
    const results = await runAllBatches((target) => policyBatch(org.owner, target, read), "?policies=none");
    expect(addToCounts({}, results)).toEqual({ done: 210 });
    expect(await db().memberPolicy.count({ where: { organizationId: org.id, policyId: read } })).toBe(210);
  });
});

describe("C9 blocking several users", () => {
  test("C9 each user gets a result, and blocked users lose access by the next request", async () => {
    const org = await createTestOrganization();
    const mia = await org.addMember("mia", "member", "Update");
    const [low, high] = [await org.addMember("low"), await org.addMember("high", "admin")];
    const guest = await org.invite();
    const invited = (await org.member(guest.email)).id;
    const ids = [low, high, mia, org.owner].map(({ memberId }) => memberId);
    expect(await outcomesOf(blockBatch(mia, { ids: [...ids, invited] }))).toEqual([
      "done",
      "above-you",
      "yourself",
      "not-active",
      "owners-only",
    ]);
    await expect(org.actorOf(low.accountId)).rejects.toThrow("no actor");
    expect(await org.activity(low.memberId)).toEqual([{ type: "blocked", data: {} }]);
  });

  test("C9 all matching users are blocked, except the actor", async () => {
    const org = await createTestOrganization();
    await addMembers(org, 150);
    const results = await runAllBatches((target) => blockBatch(org.owner, target), "?status=active");
    expect(addToCounts({}, results)).toEqual({ done: 150, yourself: 1 });
    expect(await runAllBatches((target) => blockBatch(org.owner, target), "?search=n+001")).toEqual([
      expect.objectContaining({ outcome: "not-active" }),
    ]);
  });
});
