import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Whom } from "@/lib/admin/invitation-batch";
import { doBatch } from "@/lib/admin/user-batch";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import { type BulkAnswer, count } from "@/lib/lists/bulk";
import { blockEach } from "@/lib/members/commands/block";
import { changeEach } from "@/lib/members/commands/change";
import { BLOCK_MESSAGES, CHANGE_EACH_MESSAGES } from "@/lib/members/messages";
import { countMatches } from "@/lib/members/queries/matches";
import { createTestOrganization } from "@/lib/organizations/fixture";
import type { Role } from "@/lib/permissions/roles";

beforeAll(prepareQueue);
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;
const none = { shown: [] };

const blockBatch = (actor: Actor, whom: Whom) =>
  doBatch(actor, { whom, ...none }, BLOCK_MESSAGES, (members) => blockEach(actor, { members }));
const roleBatch = (actor: Actor, whom: Whom, role: Role) =>
  doBatch(actor, { whom, ...none }, CHANGE_EACH_MESSAGES, (members) => changeEach(actor, { members, role }));
const policyBatch = (actor: Actor, whom: Whom, policy: string) =>
  doBatch(actor, { whom, ...none }, CHANGE_EACH_MESSAGES, (members) =>
    changeEach(actor, { members, policy }),
  );

async function answersOf(outcome: ReturnType<typeof blockBatch | typeof roleBatch>): Promise<string[]> {
  const { ok, ...rest } = await outcome;
  if (!ok || !("value" in rest)) throw new Error(JSON.stringify(rest));
  return rest.value.answers.map(({ answer }) => answer);
}

async function walk(batch: (whom: Whom) => ReturnType<typeof roleBatch | typeof blockBatch>, query: string) {
  const all: BulkAnswer[] = [];
  for (let next: string | null = query; next !== null; ) {
    const outcome = await batch({ query: next });
    if (!outcome.ok) throw new Error(outcome.reason);
    all.push(...outcome.value.answers);
    next = outcome.value.next;
  }
  return all;
}

/** So many active Members, `N 001` and on by name; answers their ids. */
async function crowd(org: TestOrganization, many: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    WITH n AS (SELECT n, format('n%s-%s@crowd.test', n, ${org.slug}::text) AS email, format('N %s', lpad(n::text, 3, '0')) AS name
               FROM generate_series(1, ${many}::int) n),
    a AS (INSERT INTO account (email, name, verified_at) SELECT email, name, now() FROM n RETURNING id, email, name)
    INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
    SELECT gen_random_uuid(), ${org.id}::uuid, email, name, id, 'active', 'member', true, now() FROM a RETURNING id`;
  return rows.map(({ id }) => id);
}

const roleOf = async (member: string) =>
  (await db().member.findUniqueOrThrow({ where: { id: member } })).role;
const owners = (org: TestOrganization) =>
  db().member.count({ where: { organizationId: org.id, role: "owner", status: "active" } });

describe("C9 changing the role of many", () => {
  test("C9 each gets an answer of their own: also the invited, and nobody of another organization", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [mia, omar] = [await org.seat("mia"), await org.seat("omar", "admin")];
    const guest = await org.invite();
    const gone = await org.seat("gone");
    await db().member.update({ where: { id: gone.memberId }, data: { status: "removed", accountId: null } });
    const invited = (await org.member(guest.email)).id;
    const ids = [mia, omar, gone, other.owner, org.owner].map(({ memberId }) => memberId);
    const answers = await answersOf(roleBatch(org.owner, { ids: [...ids, invited] }, "admin"));
    // The Owners of the list come last.
    expect(answers).toEqual(["done", "unchanged", "changed-meanwhile", "not-found", "done", "not-yourself"]);
    expect(await org.activity(mia.memberId)).toEqual([
      { type: "changed", data: { from: "member", role: "admin" } },
    ]);
    expect(await db().invitation.findUnique({ where: { id: guest.invitation } })).toMatchObject({
      role: "admin",
    });
    expect(await roleOf(other.owner.memberId)).toBe("owner");
  });

  test("A3 C9 the ceiling holds for each, and A4 not for all Owners together", async () => {
    const org = await createTestOrganization();
    const admin = await org.seat("mia", "admin");
    const member = await org.seat("omar");
    const ids = [org.owner.memberId, member.memberId];
    expect(await answersOf(roleBatch(admin, { ids }, "owner"))).toEqual(["above-your-own", "owners-only"]);
    expect(await answersOf(roleBatch(admin, { ids }, "member"))).toEqual(["unchanged", "owners-only"]);

    const others = [await org.seat("eva", "owner"), await org.seat("kai", "owner")];
    // The actor could not act any more when the last of the others is asked about.
    await db().member.update({ where: { id: org.owner.memberId }, data: { addressConfirmed: true } });
    const all = others.map(({ memberId }) => memberId);
    const [eva] = others;
    if (!eva) throw new Error("nobody");
    expect(await answersOf(roleBatch(eva, { ids: [...all, org.owner.memberId] }, "member"))).toEqual([
      "not-yourself",
      "done",
      "done",
    ]);
    expect(await owners(org)).toBe(1);
  });

  test("A4 C9 of Owners who block each other in lists at once, one remains, every time", async () => {
    for (let round = 0; round < 5; round++) {
      const org = await createTestOrganization();
      const all = [org.owner, await org.seat("eva", "owner"), await org.seat("kai", "owner")];
      const ids = all.map(({ memberId }) => memberId);
      await Promise.all([
        blockBatch(all[0] as Actor, { ids }),
        blockBatch(all[1] as Actor, { ids: [...ids].reverse() }),
        roleBatch(all[2] as Actor, { ids }, "member"),
      ]);
      expect(await owners(org)).toBe(1);
    }
  });

  test("C9 all that match get their role once, while the filter's own rows leave it", async () => {
    const org = await createTestOrganization();
    await crowd(org, 230);
    expect(await countMatches(org.owner, "?role=member")).toBe(230);
    const answers = await walk((whom) => roleBatch(org.owner, whom, "admin"), "?role=member&sort=-active");
    expect(count({}, answers)).toEqual({ done: 230 });
    expect(new Set(answers.map(({ id }) => id)).size).toBe(230);
    expect(await countMatches(org.owner, "?role=member")).toBe(0);
  });
});

describe("C9 adding a policy to many", () => {
  test("C9 what they hold stays, and whoever has it already is told so", async () => {
    const org = await createTestOrganization();
    const [read, create] = [await org.policy("Read"), await org.policy("Create")];
    const [mia, omar] = [await org.seat("mia", "member", "Read"), await org.seat("omar", "member", "Create")];
    const ids = [mia.memberId, omar.memberId];
    expect(await answersOf(policyBatch(org.owner, { ids }, create))).toEqual(["done", "unchanged"]);
    const held = await db().member.findUniqueOrThrow({ where: { id: mia.memberId } });
    expect([...held.policyIds].sort()).toEqual([read, create].sort());
    expect(await org.activity(mia.memberId)).toEqual([{ type: "changed", data: { given: create } }]);
    const given = await db().memberPolicy.findMany({ where: { memberId: mia.memberId } });
    expect(given.find(({ policyId }) => policyId === read)?.grantedBy).toBeNull();
    expect(given.find(({ policyId }) => policyId === create)?.grantedBy).toBe(org.owner.memberId);
  });

  test("C9 a policy of another organization, or one that is gone, is refused as a whole", async () => {
    const [org, other] = [await createTestOrganization(), await createTestOrganization()];
    const [id = ""] = await crowd(org, 1);
    expect(await policyBatch(org.owner, { ids: [id] }, await other.policy("Read"))).toMatchObject({
      ok: false,
      reason: "policy-gone",
    });
  });

  test("C9 all that have none get one, though each leaves the filter with it", async () => {
    const org = await createTestOrganization();
    await crowd(org, 210);
    const read = await org.policy("Read");
    const answers = await walk((whom) => policyBatch(org.owner, whom, read), "?policies=none");
    expect(count({}, answers)).toEqual({ done: 210 });
    expect(await db().memberPolicy.count({ where: { organizationId: org.id, policyId: read } })).toBe(210);
  });
});

describe("C9 blocking many", () => {
  test("C9 each gets an answer of their own, and who is blocked is out by the next request", async () => {
    const org = await createTestOrganization();
    const mia = await org.seat("mia", "member", "Update");
    const [low, high] = [await org.seat("low"), await org.seat("high", "admin")];
    const guest = await org.invite();
    const invited = (await org.member(guest.email)).id;
    const ids = [low, high, mia, org.owner].map(({ memberId }) => memberId);
    expect(await answersOf(blockBatch(mia, { ids: [...ids, invited] }))).toEqual([
      "done",
      "above-you",
      "yourself",
      "not-active",
      "owners-only",
    ]);
    await expect(org.actorOf(low.accountId)).rejects.toThrow("no actor");
    expect(await org.activity(low.memberId)).toEqual([{ type: "blocked", data: {} }]);
  });

  test("C9 all that match are blocked, the actor never", async () => {
    const org = await createTestOrganization();
    await crowd(org, 150);
    const answers = await walk((whom) => blockBatch(org.owner, whom), "?status=active");
    expect(count({}, answers)).toEqual({ done: 150, yourself: 1 });
    expect(await walk((whom) => blockBatch(org.owner, whom), "?search=n+001")).toEqual([
      expect.objectContaining({ answer: "not-active" }),
    ]);
  });
});
