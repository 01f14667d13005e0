import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { connectionPool, db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { renewInvitation } from "@/lib/invitations/commands/renew";
import { resendInvitation } from "@/lib/invitations/commands/resend";
import type { Cursor, SearchParams } from "@/lib/lists/list-state";
import { userList } from "@/lib/members/list";
import { countUsers } from "@/lib/members/queries/counts";
import { findUsersByIds, listUsers, type UserRow } from "@/lib/members/queries/list";
import { lacksPolicies } from "@/lib/members/status";
import { seedPeople } from "@/scripts/seed-people";
import {
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

let org: TestOrganization;
let actor: Actor;
let present: UserRow[];
let removed: UserRow[];

beforeAll(async () => {
  org = await createTestOrganization();
  actor = org.owner;
  await seedPeople(org.id, [actor.memberId], { count: 400, label: `.${org.slug}` });
  present = await readAll({}, "forwards");
  removed = await readAll({ status: "removed" }, "forwards");
});

async function page(params: SearchParams, cursor: Cursor | null = null, by = actor) {
  const result = await listUsers(by, { ...userList.read(params), cursor });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

/** Returns all rows page by page, forwards or backwards; calls `between` after each page. */
async function readAll(params: SearchParams, direction: "forwards" | "backwards", between = async () => {}) {
  const rows: UserRow[] = [];
  let current = await page(params);
  if (direction === "backwards") while (current.next) current = await page(params, current.next);
  for (;;) {
    if (direction === "forwards") rows.push(...current.rows);
    else rows.unshift(...current.rows);
    const cursor = direction === "forwards" ? current.next : current.previous;
    if (!cursor) return rows;
    await between();
    current = await page(params, cursor);
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
  ["policies=none", lacksPolicies],
  ["policies=none&status=invited", (row) => lacksPolicies(row) && row.status === "invited"],
  ["search=AND", ({ name, email }) => `${name} ${email}`.toLowerCase().includes("and")],
  ["search=Be", ({ name, email }) => ` ${name} ${email}`.toLowerCase().includes(" be")],
  ["search=.example&status=active", ({ email, status }) => status === "active" && email.includes(".example")],
];

// These users have ASCII names, so that JavaScript compares them like the database.
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

function sorted(rows: readonly UserRow[], sort: string): UserRow[] {
  const key = keyOf[sort.replace("-", "")] ?? (() => []);
  const compare = (a: UserRow, b: UserRow) => {
    const [left, right] = [
      [...key(a), a.id],
      [...key(b), b.id],
    ];
    const index = left.findIndex((value, position) => value !== right[position]);
    return index < 0 ? 0 : (left[index] ?? "") < (right[index] ?? "") ? -1 : 1;
  };
  const ascending = rows.toSorted(compare);
  return sort.startsWith("-") ? ascending.reverse() : ascending;
}

const sorts = Object.keys(keyOf).flatMap((column) => [column, `-${column}`]);

describe("the list of users", () => {
  test("F1 contains every user who is not removed once, and removed ones only with the status filter", () => {
    expect(new Set(ids(present)).size).toBe(present.length);
    expect(present.length + removed.length).toBe(401);
    expect(new Set(present.map(({ status }) => status))).toEqual(
      new Set(["active", "invited", "expired", "blocked"]),
    );
    expect(new Set(removed.map(({ status }) => status))).toEqual(new Set(["removed"]));
  });

  test.each(sorts)("C9 sorted by %s each user is visited once, forwards and backwards", async (sort) => {
    const expected = ids(sorted(present, sort));
    expect(ids(await readAll({ sort }, "forwards"))).toEqual(expected);
    expect(ids(await readAll({ sort }, "backwards"))).toEqual(expected);
    const removedIds = ids(
      sorted(removed, sort === "status" || sort === "-status" ? sort.replace("status", "name") : sort),
    );
    expect(ids(await readAll({ sort, status: "removed" }, "forwards"))).toEqual(removedIds);
  });

  test.each(filters)(
    "C9 filtered by '%s' it contains the matching users, in each order",
    async (query, matches) => {
      const params = Object.fromEntries(new URLSearchParams(query));
      const expected = present.filter(matches);
      expect(expected.length).toBeGreaterThan(0);
      for (const sort of ["name", "-status", "status", "role", "-active"]) {
        expect(ids(await readAll({ ...params, sort }, "forwards")), sort).toEqual(
          ids(sorted(expected, sort)),
        );
        expect(ids(await readAll({ ...params, sort }, "backwards")), sort).toEqual(
          ids(sorted(expected, sort)),
        );
      }
    },
  );

  test("C9 invited and expired users are sorted by expiry, latest first, by default", async () => {
    for (const status of ["invited", "expired"]) {
      const expected = sorted(
        present.filter((row) => row.status === status),
        "-status",
      );
      expect(ids(await readAll({ status }, "forwards"))).toEqual(ids(expected));
    }
    expect(ids(await readAll({ status: "active" }, "forwards"))).toEqual(
      ids(
        sorted(
          present.filter(({ status }) => status === "active"),
          "name",
        ),
      ),
    );
  });

  test("C9 each user is still visited once while others are invited", async () => {
    const before = ids(await readAll({}, "forwards"));
    const others = async () => {
      await Promise.all(["aaa", "mmm", "zzz"].map((name) => org.invite(uniqueEmail(name))));
    };
    for (const direction of ["forwards", "backwards"] as const)
      for (const sort of ["name", "-active"]) {
        const seen = ids(await readAll({ sort }, direction, others));
        const once = direction === "forwards" ? seen : [...new Set(seen)];
        expect(once.filter((id) => before.includes(id)).sort(), `${sort} ${direction}`).toEqual(
          before.toSorted(),
        );
      }
  });

  test("C9 a page before the first, or after the last, is the first page", async () => {
    const first = await page({});
    const second = await page({}, first.next);
    expect(ids((await page({}, second.previous)).rows)).toEqual(ids(first.rows));
    expect((await page({}, second.previous)).previous).toBeNull();
    const beyond: Cursor = { side: "after", keys: [" ~~~"], id: actor.memberId };
    expect(ids((await page({}, beyond)).rows)).toEqual(ids(first.rows));
  });

  test("C9 another organization's users are not listed, counted or found by id", async () => {
    const other = await createTestOrganization();
    expect((await page({}, null, other.owner)).rows.map(({ email }) => email)).toEqual([other.owner.email]);
    expect((await page({ search: ".example" }, null, other.owner)).rows).toEqual([]);
    expect(await findUsersByIds(other.owner, ids(present.slice(0, 3)))).toEqual([]);
    expect(await countUsers(other.owner)).toBe(1);
  });

  test("C9 counts stop one after their cap", async () => {
    expect(await countUsers(actor, 100)).toBe(101);
    expect(await countUsers(actor)).toBeGreaterThanOrEqual(present.length);
  });
});

describe("names", () => {
  /** Adds a member with a name that can contain any character. */
  async function addNamed(freshOrg: TestOrganization, name: string): Promise<void> {
    const { memberId } = await freshOrg.addMember("named");
    await db().member.update({ where: { id: memberId }, data: { name } });
  }

  test("C9 are sorted ignoring case and accents, prefixes first, then by address", async () => {
    const freshOrg = await createTestOrganization();
    for (const name of ["Zoë", "maria zu", "Åsa", "Maria", "Maria Alves", "João", "joan", "Maria"])
      await addNamed(freshOrg, name);
    await freshOrg.invite("karl@people.test");
    const names = (await page({}, null, freshOrg.owner)).rows.map(({ name, email }) => name || email);
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

  test("C9 and addresses are found by any part of them; special characters are literal", async () => {
    const freshOrg = await createTestOrganization();
    for (const name of ["João Ávila", "Li Wu", "100% Org", "under_score", "Ольга"])
      await addNamed(freshOrg, name);
    const found = async (search: string) =>
      (await page({ search }, null, freshOrg.owner)).rows.map(({ name }) => name).sort();
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

  test("C10 F1 both forms of an internationalized domain find its users, and a word finds names as well", async () => {
    const freshOrg = await createTestOrganization();
    await freshOrg.invite("kontakt@xn--mller-kva.test");
    await addNamed(freshOrg, "Jörg Müller");
    const found = async (search: string) =>
      (await page({ search }, null, freshOrg.owner)).rows.map(({ name, email }) => name || email).sort();
    expect(await found("müller")).toEqual(["Jörg Müller", "kontakt@xn--mller-kva.test"]);
    expect(await found("@müller.test")).toEqual(["kontakt@xn--mller-kva.test"]);
    expect(await found("xn--mller")).toEqual(["kontakt@xn--mller-kva.test"]);
  });

  test("C9 a search with more matches than can be sorted reads the index in order and returns the first rows", async () => {
    const freshOrg = await createTestOrganization();
    await seedPeople(freshOrg.id, [freshOrg.owner.memberId], { count: 12_000, label: `.${freshOrg.slug}` });
    // The first 1,500 rows in sort order do not match, all others do.
    await db().$executeRaw`
      UPDATE member SET email = replace(email, '.example', '.test')
      WHERE id IN (SELECT id FROM member WHERE organization_id = ${freshOrg.id}::uuid AND status <> 'removed'
                   ORDER BY last_active_at DESC LIMIT 1500)`;
    const rows = (await page({ search: ".example", sort: "-active", role: "member" }, null, freshOrg.owner))
      .rows;
    const wanted = await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM member WHERE organization_id = ${freshOrg.id}::uuid AND status <> 'removed' AND role = 'member'
        AND email LIKE '%.example' ORDER BY last_active_at DESC, sort_name DESC, id DESC LIMIT 50`;
    expect(ids(rows)).toEqual(ids(wanted));
  });
});

describe("copies in the member row", () => {
  const policyIdOf = async (freshOrg: TestOrganization, name: string) =>
    (
      await db().policy.findFirstOrThrow({
        where: { organizationId: freshOrg.id, name: { endsWith: `(${name})` } },
      })
    ).id;
  const rowOf = async (freshOrg: TestOrganization, email: string) =>
    (await page({ search: email }, null, freshOrg.owner)).rows.find((row) => row.email === email);

  test("B8 a Member without a policy is marked until they have one", async () => {
    const freshOrg = await createTestOrganization();
    const [read, create] = [await policyIdOf(freshOrg, "Read"), await policyIdOf(freshOrg, "Create")];
    const [bare, given] = [uniqueEmail("bare"), uniqueEmail("given")];
    await inviteMembers(freshOrg.owner, { addresses: [bare], role: "member", policies: [] });
    await inviteMembers(freshOrg.owner, { addresses: [given], role: "member", policies: [create, read] });
    await freshOrg.addMember("adam", "admin");
    const marked = async () =>
      (await page({ policies: "none" }, null, freshOrg.owner)).rows.map(({ email }) => email);
    expect(await marked()).toEqual([bare]);
    expect((await rowOf(freshOrg, given))?.policies).toEqual([
      "Manage access for organization (Create)",
      "Manage access for organization (Read)",
    ]);
    const { id } = await freshOrg.member(bare);
    await db().memberPolicy.create({ data: { organizationId: freshOrg.id, memberId: id, policyId: read } });
    expect(await marked()).toEqual([]);
    await db().policy.delete({ where: { id: read } });
    expect(await marked()).toEqual([bare]);
    expect((await rowOf(freshOrg, given))?.policies).toEqual(["Manage access for organization (Create)"]);
  });

  test("B8 two policies that are removed concurrently leave none in the row", async () => {
    const freshOrg = await createTestOrganization();
    const { memberId, email } = await freshOrg.addMember("bo", "member", "Read", "Create");
    for (let round = 0; round < 20; round++) {
      const assigned = await db().memberPolicy.findMany({ where: { memberId } });
      expect((await freshOrg.member(email)).policyIds).toEqual(
        assigned.map(({ policyId }) => policyId).sort(),
      );
      await Promise.all(
        assigned.map(({ policyId }) =>
          connectionPool().query("DELETE FROM member_policy WHERE member_id = $1 AND policy_id = $2", [
            memberId,
            policyId,
          ]),
        ),
      );
      expect((await freshOrg.member(email)).policyIds).toEqual([]);
      await Promise.all(assigned.map((data) => db().memberPolicy.create({ data })));
    }
  });

  test("C2 a row contains how often its invitation was resent", async () => {
    const freshOrg = await createTestOrganization();
    const { email, invitation } = await freshOrg.invite();
    await resendInvitation(freshOrg.owner, { invitation });
    expect((await rowOf(freshOrg, email))?.invitation).toMatchObject({
      id: invitation,
      resendCount: 1,
      resendLimit: 3,
    });
    await expireInvitation(invitation);
    const renewed = await renewInvitation(freshOrg.owner, { invitation });
    expect((await rowOf(freshOrg, email))?.invitation).toMatchObject({
      id: renewed.ok && renewed.value.invitationId,
      resendCount: 0,
    });
    await resendInvitation(freshOrg.owner, { invitation: renewed.ok ? renewed.value.invitationId : "" });
    await expireInvitation(renewed.ok ? renewed.value.invitationId : "");
    await freshOrg.invite(email);
    expect((await rowOf(freshOrg, email))?.invitation?.resendCount).toBe(0);
  });
});
