import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { withStatementTimeout } from "@/lib/db/statement-timeout";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { type InvitationListState, invitationList } from "@/lib/invitations/list";
import { countOpenInvitations, findInviters } from "@/lib/invitations/queries/counts";
import { type InvitationRow, listInvitations } from "@/lib/invitations/queries/list";
import type { Cursor, SearchParams } from "@/lib/lists/list-state";
import { seedPeople } from "@/scripts/seed-people";
import {
  createTestOrganization,
  expireInvitation,
  type TestOrganization,
  uniqueEmail,
} from "@/test/factories";

let org: TestOrganization;
let actor: Actor;
let inviters: string[];
let allRows: InvitationRow[];

beforeAll(async () => {
  org = await createTestOrganization();
  actor = org.owner;
  inviters = [
    actor.memberId,
    (await org.addMember("bo", "admin")).memberId,
    (await org.addMember("cy", "admin")).memberId,
  ];
  await seedPeople(org.id, inviters, { count: 400, label: `.${org.slug}` });
  allRows = await readAllPages({ status: "all" }, "forwards");
});

async function readPage(params: SearchParams, cursor: Cursor | null = null, by = actor) {
  const result = await listInvitations(by, { ...invitationList.read(params), cursor });
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

/**
 * Reads all pages, forwards or from the last page backwards; `afterPage` runs after each. Returns rows in
 * list order.
 */
async function readAllPages(
  params: SearchParams,
  direction: "forwards" | "backwards",
  afterPage = async () => {},
) {
  const rows: InvitationRow[] = [];
  let page = await readPage(params);
  if (direction === "backwards") while (page.next) page = await readPage(params, page.next);
  for (;;) {
    if (direction === "forwards") rows.push(...page.rows);
    else rows.unshift(...page.rows);
    const cursor = direction === "forwards" ? page.next : page.previous;
    if (!cursor) return rows;
    await afterPage();
    page = await readPage(params, cursor);
  }
}

const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const isOpen = ({ status }: InvitationRow) => status === "pending" || status === "expired";

type Test = [string, (row: InvitationRow) => boolean];
const filters: Test[] = [
  ["", isOpen],
  ["status=pending", ({ status }) => status === "pending"],
  ["status=expired", ({ status }) => status === "expired"],
  ["status=accepted", ({ status }) => status === "accepted"],
  ["status=declined", ({ status }) => status === "declined"],
  ["status=revoked", ({ status }) => status === "revoked"],
  ["delivery=bounced", (row) => isOpen(row) && row.delivery === "bounced"],
  ["delivery=delivered", (row) => isOpen(row) && row.delivery === "delivered"],
  ["role=owner", (row) => isOpen(row) && row.role === "owner"],
  ["role=member&status=all", (row) => row.role === "member"],
  ["search=and", (row) => isOpen(row) && row.email.includes("and")],
  ["search=A&status=all", (row) => row.email.startsWith("a")],
  ["search=.example&delivery=sent", (row) => isOpen(row) && row.delivery === "sent"],
];

const SORT_KEYS: Record<string, (row: InvitationRow) => (string | number)[]> = {
  email: (row) => [row.email],
  status: (row) => [row.expiresAt.getTime()],
  role: (row) => [row.role, row.expiresAt.getTime()],
  resends: (row) => [row.resendCount, row.expiresAt.getTime()],
  sent: (row) => [row.issuedAt.getTime()],
};

function sortRows(rows: readonly InvitationRow[], sort: string): InvitationRow[] {
  const key = SORT_KEYS[sort.replace("-", "")] ?? (() => []);
  const compare = (a: InvitationRow, b: InvitationRow) => {
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

const sorts = Object.keys(SORT_KEYS).flatMap((column) => [column, `-${column}`]);

describe("the list of invitations", () => {
  test("C9 contains each person once, regardless of status", () => {
    expect(allRows).toHaveLength(400);
    expect(new Set(allRows.map(({ memberId }) => memberId)).size).toBe(400);
    expect(new Set(allRows.map(({ status }) => status))).toEqual(
      new Set(["pending", "expired", "accepted", "declined", "revoked"]),
    );
  });

  test.each(sorts)("C9 sorted by %s each row is read once, forwards and backwards", async (sort) => {
    const expected = ids(sortRows(allRows.filter(isOpen), sort));
    expect(expected.length).toBeGreaterThan(150);
    expect(ids(await readAllPages({ sort }, "forwards"))).toEqual(expected);
    expect(ids(await readAllPages({ sort }, "backwards"))).toEqual(expected);
  });

  test.each(filters)(
    "C9 filtered by '%s' it contains the matching rows in each order",
    async (query, matches) => {
      const params = Object.fromEntries(new URLSearchParams(query));
      const expected = allRows.filter(matches);
      expect(expected.length).toBeGreaterThan(0);
      for (const sort of ["-status", "email", "-role"]) {
        expect(ids(await readAllPages({ ...params, sort }, "forwards")), sort).toEqual(
          ids(sortRows(expected, sort)),
        );
        expect(ids(await readAllPages({ ...params, sort }, "backwards")), sort).toEqual(
          ids(sortRows(expected, sort)),
        );
      }
    },
  );

  test("C9 filtered by inviter, whom the filter lists by name", async () => {
    const options = await findInviters(actor);
    expect(options.map(({ name }) => name)).toEqual(["ana", "bo", "cy"]);
    const [rare = ""] = inviters.slice(-1);
    expect(await readAllPages({ inviter: rare }, "forwards")).toHaveLength(5);
    const all = await Promise.all(
      inviters.map((inviter) => readAllPages({ inviter, status: "all" }, "forwards")),
    );
    expect(ids(all.flat()).sort()).toEqual(ids(allRows).sort());
  });

  test("C9 while people are invited, each existing row is read once", async () => {
    const before = ids(await readAllPages({ sort: "email" }, "forwards"));
    const inviteOthers = async () => {
      await Promise.all(["aaa", "mmm", "zzz"].map((name) => org.invite(uniqueEmail(name))));
    };
    for (const direction of ["forwards", "backwards"] as const)
      for (const sort of ["email", "-status"]) {
        const seen = ids(await readAllPages({ sort }, direction, inviteOthers));
        // Backwards the last page read is the first page, which is filled up with rows of the page before.
        const distinct = direction === "forwards" ? seen : [...new Set(seen)];
        expect(distinct.filter((id) => before.includes(id)).sort(), `${sort} ${direction}`).toEqual(
          before.toSorted(),
        );
      }
  });

  test("C9 a page before the first, or one without rows, is the first page", async () => {
    const first = await readPage({});
    const second = await readPage({}, first.next);
    expect(ids((await readPage({}, second.previous)).rows)).toEqual(ids(first.rows));
    expect((await readPage({}, second.previous)).previous).toBeNull();
    const last = (await readAllPages({ sort: "email" }, "forwards")).at(-1);
    const beyond: Cursor = { side: "after", keys: [`${last?.email}z`], id: last?.id ?? "" };
    expect(ids((await readPage({ sort: "email" }, beyond)).rows)).toEqual(
      ids((await readPage({ sort: "email" })).rows),
    );
  });

  test("C9 a search matches its characters literally", async () => {
    const other = await createTestOrganization();
    for (const email of ["50%off@x.test", "under_score@x.test", "plain@x.test"]) await other.invite(email);
    const found = async (search: string) =>
      (await readPage({ search }, null, other.owner)).rows.map(({ email }) => email).sort();
    expect(await found("0%O")).toEqual(["50%off@x.test"]);
    expect(await found("r_s")).toEqual(["under_score@x.test"]);
    expect(await found("r\\_s")).toEqual([]);
    expect(await found("\\")).toEqual([]);
    expect(await found("%")).toEqual([]);
    expect(await found("_p")).toEqual([]);
    expect(await found("PL")).toEqual(["plain@x.test"]);
    expect(await found("@x.test")).toHaveLength(3);
    expect(await found("'; DROP TABLE invitation")).toEqual([]);
  });

  test.each(["müller.test", "@MÜLLER", "kontakt@müller.test", "xn--mller-kva"])(
    "C10 an address of an internationalized domain is found by %s",
    async (search) => {
      const other = await createTestOrganization();
      await other.invite("kontakt@xn--mller-kva.test");
      await other.invite("kontakt@muller.test");
      expect((await readPage({ search }, null, other.owner)).rows.map(({ email }) => email)).toEqual([
        "kontakt@xn--mller-kva.test",
      ]);
    },
  );

  test("C9 if there are too many candidates to sort, the index is scanned in order", async () => {
    const other = await createTestOrganization();
    await seedPeople(other.id, [other.owner.memberId], { count: 12_000, label: `.${other.slug}` });
    const latest = (await readPage({ status: "all" }, null, other.owner)).rows;
    // The term is in all addresses except those of the first thousand rows of the order.
    await db().$executeRaw`
      UPDATE invitation SET expires_at = expires_at + interval '100 years',
             email = 'y' || left(replace(email, '.example', '.test'), 200)
      WHERE id IN (
        SELECT id FROM invitation WHERE organization_id = ${other.id}::uuid AND latest
        ORDER BY resend_count DESC, expires_at DESC LIMIT 1500)`;
    const state = { status: "all", search: ".example", sort: "-resends" };
    const rows = (await readPage(state, null, other.owner)).rows;
    const expected = (
      await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM invitation WHERE organization_id = ${other.id}::uuid AND latest AND email LIKE '%.example'
      ORDER BY resend_count DESC, expires_at DESC, id DESC LIMIT 50`
    ).map(({ id }) => id);
    expect(ids(rows)).toEqual(expected);
    expect(latest).toHaveLength(50);
  });

  test("C9 other organizations' rows are in no list and no count", async () => {
    const other = await createTestOrganization();
    expect((await readPage({ status: "all" }, null, other.owner)).rows).toEqual([]);
    expect((await readPage({ inviter: actor.memberId }, null, other.owner)).rows).toEqual([]);
    expect(await findInviters(other.owner, actor.memberId)).toEqual([]);
    expect(await countOpenInvitations(other.owner)).toBe(0);
  });

  test("C9 counts stop one after their cap", async () => {
    expect(await countOpenInvitations(actor, 100)).toBe(101);
    expect(await countOpenInvitations(actor)).toBeGreaterThan(200);
  });

  test("C9 slow queries are stopped by PostgreSQL and refused; other errors are thrown", async () => {
    const began = performance.now();
    expect(await withStatementTimeout(50, (tx) => tx.$queryRaw`SELECT pg_sleep(20)`)).toBeNull();
    expect(performance.now() - began).toBeLessThan(5_000);
    await expect(withStatementTimeout(50, (tx) => tx.$queryRaw`SELECT 1 / 0`)).rejects.toThrow(
      /division by zero/,
    );
    expect(await db().$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: "0" }]);
  });
});

describe("the latest invitation of a person", () => {
  const latestOf = (email: string) =>
    db().invitation.findMany({ where: { email, latest: true }, select: { id: true, settledAs: true } });

  test("C9 is the new one after inviting again, whether the earlier one had expired or was closed", async () => {
    const other = await createTestOrganization();
    const [expired, revoked] = [await other.invite(), await other.invite()];
    await expireInvitation(expired.invitation);
    await db().$executeRaw`
      WITH revoked AS (
        UPDATE invitation SET settled_as = 'revoked', settled_at = now() WHERE id = ${revoked.invitation}::uuid
        RETURNING member_id)
      UPDATE member m SET status = 'removed', invited_until = NULL FROM revoked WHERE m.id = revoked.member_id`;
    const result = await inviteMembers(other.owner, {
      addresses: [expired.email, revoked.email],
      role: "member",
      policies: [],
    });
    const results = result.ok ? result.value : [];
    expect(results.map(({ status }) => status)).toEqual(["invited-again", "invited"]);
    for (const { text, invitationId } of results)
      expect(await latestOf(text)).toEqual([{ id: invitationId, settledAs: null }]);
    const earlier = await db().invitation.findMany({
      where: { id: { in: [expired.invitation, revoked.invitation] } },
      select: { settledAs: true, latest: true },
      orderBy: { settledAs: "asc" },
    });
    expect(earlier).toEqual([
      { settledAs: "revoked", latest: false },
      { settledAs: "superseded", latest: false },
    ]);
    const states: InvitationListState = invitationList.read({ status: "all" });
    const list = await listInvitations(other.owner, states);
    expect(list.ok && list.value.rows.map(({ id }) => id).sort()).toEqual(
      results.map(({ invitationId }) => invitationId).sort(),
    );
  });

  test("C9 is unique: the database allows no second one, and no other open one", async () => {
    const other = await createTestOrganization();
    const { invitation } = await other.invite();
    const insertSecond = (latest: boolean) => db().$executeRaw`
      INSERT INTO invitation (id, organization_id, member_id, email, role, key_id, code_digest, expires_at, latest)
      SELECT gen_random_uuid(), organization_id, member_id, email, role, key_id, sha256(code_digest), expires_at, ${latest}
      FROM invitation WHERE id = ${invitation}::uuid`;
    await expect(insertSecond(true)).rejects.toThrow(/invitation_latest|Unique constraint/);
    await expect(insertSecond(false)).rejects.toThrow(/invitation_open_is_latest/);
  });
});
