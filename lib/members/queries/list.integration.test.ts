import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db, pool } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { renew } from "@/lib/invitations/commands/renew";
import { resend } from "@/lib/invitations/commands/resend";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import type { Cursor, Params } from "@/lib/lists/list-state";
import { userList } from "@/lib/members/list";
import { findUsers, listUsers, type UserRow } from "@/lib/members/queries/list";
import { countUsers } from "@/lib/members/queries/tallies";
import { lacksPolicy } from "@/lib/members/status";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";
import { seatCrowd } from "@/scripts/crowd";

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;
let org: TestOrganization;
let actor: Actor;
let everybody: UserRow[];
let removed: UserRow[];

beforeAll(async () => {
  await prepareQueue();
  org = await createTestOrganization();
  actor = org.owner;
  await seatCrowd(org.id, [actor.memberId], { count: 400, label: `.${org.slug}` });
  everybody = await walk({}, "forwards");
  removed = await walk({ status: "removed" }, "forwards");
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

async function page(params: Params, cursor: Cursor | null = null, by = actor) {
  const outcome = await listUsers(by, { ...userList.read(params), cursor });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** All rows, page by page, to the end or from the end back to the beginning; `between` is done after each page. */
async function walk(params: Params, way: "forwards" | "backwards", between = async () => {}) {
  const rows: UserRow[] = [];
  let here = await page(params);
  if (way === "backwards") while (here.next) here = await page(params, here.next);
  for (;;) {
    if (way === "forwards") rows.push(...here.rows);
    else rows.unshift(...here.rows);
    const on = way === "forwards" ? here.next : here.previous;
    if (!on) return rows;
    await between();
    here = await page(params, on);
  }
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);

type Test = [string, (row: UserRow) => boolean];
const filters: Test[] = [
  ["status=active", ({ status }) => status === "active"],
  ["status=invited", ({ status }) => status === "invited"],
  ["status=expired", ({ status }) => status === "expired"],
  ["status=blocked", ({ status }) => status === "blocked"],
  ["role=owner", ({ role }) => role === "owner"],
  ["role=admin", ({ role }) => role === "admin"],
  ["role=member&status=expired", ({ role, status }) => role === "member" && status === "expired"],
  ["policies=none", lacksPolicy],
  ["policies=none&status=invited", (row) => lacksPolicy(row) && row.status === "invited"],
  ["search=AND", ({ name, email }) => `${name} ${email}`.toLowerCase().includes("and")],
  ["search=Be", ({ name, email }) => ` ${name} ${email}`.toLowerCase().includes(" be")],
  ["search=.example&status=active", ({ email, status }) => status === "active" && email.includes(".example")],
];

// ASCII alone in this crowd, so that JavaScript compares it as the database does.
const nameOf = (row: UserRow) => (row.name ? `${row.name.toLowerCase()}\t ${row.email}` : row.email);
const RANKS = { owner: 1, admin: 2, member: 3 };
const sortAtOf = (row: UserRow) =>
  row.invitation ? row.invitation.expiresAt.getTime() : row.status === "active" ? 0 : 1;
const keyOf: Record<string, (row: UserRow) => (string | number)[]> = {
  name: (row) => [nameOf(row)],
  role: (row) => [RANKS[row.role], nameOf(row)],
  status: (row) => [sortAtOf(row), nameOf(row)],
  active: (row) => [row.lastActiveAt?.getTime() ?? 0, nameOf(row)],
};

function inOrder(rows: readonly UserRow[], sort: string): UserRow[] {
  const key = keyOf[sort.replace("-", "")] ?? (() => []);
  const compare = (a: UserRow, b: UserRow) => {
    const [left, right] = [
      [...key(a), a.id],
      [...key(b), b.id],
    ];
    const at = left.findIndex((value, place) => value !== right[place]);
    return at < 0 ? 0 : (left[at] ?? "") < (right[at] ?? "") ? -1 : 1;
  };
  const ascending = rows.toSorted(compare);
  return sort.startsWith("-") ? ascending.reverse() : ascending;
}

const sorts = Object.keys(keyOf).flatMap((column) => [column, `-${column}`]);

describe("the list of users", () => {
  test("F1 holds everybody with a place once, in every status, and removed ones only when asked for", () => {
    expect(new Set(ids(everybody)).size).toBe(everybody.length);
    expect(everybody.length + removed.length).toBe(401);
    expect(new Set(everybody.map(({ status }) => status))).toEqual(
      new Set(["active", "invited", "expired", "blocked"]),
    );
    expect(new Set(removed.map(({ status }) => status))).toEqual(new Set(["removed"]));
  });

  test.each(sorts)("C9 in the order %s each user is visited once, forwards and backwards", async (sort) => {
    const expected = ids(inOrder(everybody, sort));
    expect(ids(await walk({ sort }, "forwards"))).toEqual(expected);
    expect(ids(await walk({ sort }, "backwards"))).toEqual(expected);
    const gone = ids(
      inOrder(removed, sort === "status" || sort === "-status" ? sort.replace("status", "name") : sort),
    );
    expect(ids(await walk({ sort, status: "removed" }, "forwards"))).toEqual(gone);
  });

  test.each(filters)(
    "C9 filtered by '%s' it holds those and no others, in each order",
    async (query, belongs) => {
      const asked = Object.fromEntries(new URLSearchParams(query));
      const expected = everybody.filter(belongs);
      expect(expected.length).toBeGreaterThan(0);
      for (const sort of ["name", "-status", "status", "role", "-active"]) {
        expect(ids(await walk({ ...asked, sort }, "forwards")), sort).toEqual(ids(inOrder(expected, sort)));
        expect(ids(await walk({ ...asked, sort }, "backwards")), sort).toEqual(ids(inOrder(expected, sort)));
      }
    },
  );

  test("C9 invited and expired ones stand in the order of expiry, latest first, unless another is asked for", async () => {
    for (const status of ["invited", "expired"]) {
      const expected = inOrder(
        everybody.filter((row) => row.status === status),
        "-status",
      );
      expect(ids(await walk({ status }, "forwards"))).toEqual(ids(expected));
    }
    expect(ids(await walk({ status: "active" }, "forwards"))).toEqual(
      ids(
        inOrder(
          everybody.filter(({ status }) => status === "active"),
          "name",
        ),
      ),
    );
  });

  test("C9 while others are invited, each user who was there is still visited once", async () => {
    const before = ids(await walk({}, "forwards"));
    const others = async () => {
      await Promise.all(["aaa", "mmm", "zzz"].map((name) => org.invite(someone(name))));
    };
    for (const way of ["forwards", "backwards"] as const)
      for (const sort of ["name", "-active"]) {
        const seen = ids(await walk({ sort }, way, others));
        const once = way === "forwards" ? seen : [...new Set(seen)];
        expect(once.filter((id) => before.includes(id)).sort(), `${sort} ${way}`).toEqual(before.toSorted());
      }
  });

  test("C9 a page before the first, and one whose rows are gone, is the first page", async () => {
    const first = await page({});
    const second = await page({}, first.next);
    expect(ids((await page({}, second.previous)).rows)).toEqual(ids(first.rows));
    expect((await page({}, second.previous)).previous).toBeNull();
    const beyond: Cursor = { side: "after", keys: [" ~~~"], id: actor.memberId };
    expect(ids((await page({}, beyond)).rows)).toEqual(ids(first.rows));
  });

  test("C9 another organization's users are in no list and no count, nor found by their ids", async () => {
    const other = await createTestOrganization();
    expect((await page({}, null, other.owner)).rows.map(({ email }) => email)).toEqual([other.owner.email]);
    expect((await page({ search: ".example" }, null, other.owner)).rows).toEqual([]);
    expect(await findUsers(other.owner, ids(everybody.slice(0, 3)))).toEqual([]);
    expect(await countUsers(other.owner)).toBe(1);
  });

  test("C9 counts stop one after their cap", async () => {
    expect(await countUsers(actor, 100)).toBe(101);
    expect(await countUsers(actor)).toBeGreaterThanOrEqual(everybody.length);
  });
});

describe("names", () => {
  /** Somebody with a name of letters that no address has. */
  async function seat(own: TestOrganization, name: string): Promise<void> {
    const { memberId } = await own.seat("named");
    await db().member.update({ where: { id: memberId }, data: { name } });
  }

  test("C9 are ordered without case and accents, a short one before those it begins, then by address", async () => {
    const own = await createTestOrganization();
    for (const name of ["Zoë", "maria zu", "Åsa", "Maria", "Maria Alves", "João", "joan", "Maria"])
      await seat(own, name);
    await own.invite("karl@people.test");
    const names = (await page({}, null, own.owner)).rows.map(({ name, email }) => name || email);
    expect(names).toEqual([
      "ana",
      "Åsa",
      "joan",
      "João",
      "karl@people.test",
      "Maria",
      "Maria",
      "Maria Alves",
      "maria zu",
      "Zoë",
    ]);
  });

  test("C9 and addresses are found by any part of them, as they are typed and whatever else that could mean", async () => {
    const own = await createTestOrganization();
    for (const name of ["João Ávila", "Li Wu", "100% Org", "under_score", "Ольга"]) await seat(own, name);
    const found = async (search: string) =>
      (await page({ search }, null, own.owner)).rows.map(({ name }) => name).sort();
    expect(await found("joao av")).toEqual(["João Ávila"]);
    expect(await found("JOÃO")).toEqual(["João Ávila"]);
    expect(await found("wu")).toEqual(["Li Wu"]);
    expect(await found("u")).toEqual(["under_score"]);
    expect(await found("0% ")).toEqual([]);
    expect(await found("00%")).toEqual(["100% Org"]);
    expect(await found("r_s")).toEqual(["under_score"]);
    expect(await found("r\\_s")).toEqual([]);
    expect(await found("ОЛЬ")).toEqual(["Ольга"]);
    expect(await found("@people.test")).toHaveLength(6);
    expect(await found("'; DROP TABLE member")).toEqual([]);
  });

  test("C9 more candidates than are sorted are walked in order, so that the first stay the first", async () => {
    const own = await createTestOrganization();
    await seatCrowd(own.id, [own.owner.memberId], { count: 12_000, label: `.${own.slug}` });
    // In every address, but in none of the twenty thousand entries' beginning once these are called otherwise.
    await db().$executeRaw`
      UPDATE member SET email = replace(email, '.example', '.test')
      WHERE id IN (SELECT id FROM member WHERE organization_id = ${own.id}::uuid AND status <> 'removed'
                   ORDER BY last_active_at DESC LIMIT 1500)`;
    const rows = (await page({ search: ".example", sort: "-active", role: "member" }, null, own.owner)).rows;
    const wanted = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM member WHERE organization_id = ${own.id}::uuid AND status <> 'removed' AND role = 'member'
        AND email LIKE '%.example' ORDER BY last_active_at DESC, sort_name DESC, id DESC LIMIT 50`;
    expect(ids(rows)).toEqual(ids(wanted));
  });
});

describe("what the row copies", () => {
  const policyOf = async (own: TestOrganization, name: string) =>
    (
      await db().policy.findFirstOrThrow({
        where: { organizationId: own.id, name: { endsWith: `(${name})` } },
      })
    ).id;
  const rowOf = async (own: TestOrganization, email: string) =>
    (await page({ search: email }, null, own.owner)).rows.find((row) => row.email === email);

  test("B8 a Member without a policy is marked from the first moment, and no longer once they have one", async () => {
    const own = await createTestOrganization();
    const [read, create] = [await policyOf(own, "Read"), await policyOf(own, "Create")];
    const [bare, given] = [someone("bare"), someone("given")];
    await invite(own.owner, { addresses: [bare], role: "member", policies: [] });
    await invite(own.owner, { addresses: [given], role: "member", policies: [create, read] });
    await own.seat("adam", "admin");
    const marked = async () =>
      (await page({ policies: "none" }, null, own.owner)).rows.map(({ email }) => email);
    expect(await marked()).toEqual([bare]);
    expect((await rowOf(own, given))?.policies).toEqual([
      "Manage access for organization (Create)",
      "Manage access for organization (Read)",
    ]);
    const { id } = await own.member(bare);
    await db().memberPolicy.create({ data: { organizationId: own.id, memberId: id, policyId: read } });
    expect(await marked()).toEqual([]);
    await db().policy.delete({ where: { id: read } });
    expect(await marked()).toEqual([bare]);
    expect((await rowOf(own, given))?.policies).toEqual(["Manage access for organization (Create)"]);
  });

  test("B8 two policies that are taken at the same moment leave none on the row", async () => {
    const own = await createTestOrganization();
    const { memberId, email } = await own.seat("bo", "member", "Read", "Create");
    for (let round = 0; round < 20; round++) {
      const held = await db().memberPolicy.findMany({ where: { memberId } });
      expect((await own.member(email)).policyIds).toEqual(held.map(({ policyId }) => policyId).sort());
      await Promise.all(
        held.map(({ policyId }) =>
          pool().query("DELETE FROM member_policy WHERE member_id = $1 AND policy_id = $2", [
            memberId,
            policyId,
          ]),
        ),
      );
      expect((await own.member(email)).policyIds).toEqual([]);
      await Promise.all(held.map((data) => db().memberPolicy.create({ data })));
    }
  });

  test("C2 a row's menu knows how often its invitation was resent", async () => {
    const own = await createTestOrganization();
    const { email, invitation } = await own.invite();
    await resend(own.owner, { invitation });
    expect((await rowOf(own, email))?.invitation).toMatchObject({
      id: invitation,
      resendCount: 1,
      resendLimit: 3,
    });
    await expire(invitation);
    const renewed = await renew(own.owner, { invitation });
    expect((await rowOf(own, email))?.invitation).toMatchObject({
      id: renewed.ok && renewed.value.invitationId,
      resendCount: 0,
    });
    await resend(own.owner, { invitation: renewed.ok ? renewed.value.invitationId : "" });
    await expire(renewed.ok ? renewed.value.invitationId : "");
    await own.invite(email);
    expect((await rowOf(own, email))?.invitation?.resendCount).toBe(0);
  });
});
