import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { closeDatabase, db } from "@/lib/db/client";
import { withinTime } from "@/lib/db/statement-timeout";
import { invite } from "@/lib/invitations/commands/invite";
import { type InvitationListState, invitationList } from "@/lib/invitations/list";
import { type InvitationRow, listInvitations } from "@/lib/invitations/queries/list";
import { countOpenInvitations, findInviters } from "@/lib/invitations/queries/tallies";
import { prepareQueue, stopSending } from "@/lib/jobs/queue";
import type { Cursor, Params } from "@/lib/lists/list-state";
import { createTestOrganization, expire, someone } from "@/lib/organizations/fixture";
import { seatCrowd } from "@/scripts/crowd";

type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;
let org: TestOrganization;
let actor: Actor;
let inviters: string[];
let everybody: InvitationRow[];

beforeAll(async () => {
  await prepareQueue();
  org = await createTestOrganization();
  actor = org.owner;
  inviters = [
    actor.memberId,
    (await org.seat("bo", "admin")).memberId,
    (await org.seat("cy", "admin")).memberId,
  ];
  await seatCrowd(org.id, inviters, { count: 400, label: `.${org.slug}` });
  everybody = await walk({ status: "all" }, "forwards");
});
afterAll(async () => {
  await stopSending();
  await closeDatabase();
});

async function page(params: Params, cursor: Cursor | null = null, by = actor) {
  const outcome = await listInvitations(by, { ...invitationList.read(params), cursor });
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

/** All rows, page by page, to the end or from the end back to the beginning; `between` is done after each page. */
async function walk(params: Params, way: "forwards" | "backwards", between = async () => {}) {
  const rows: InvitationRow[] = [];
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

const keyOf: Record<string, (row: InvitationRow) => (string | number)[]> = {
  email: (row) => [row.email],
  status: (row) => [row.expiresAt.getTime()],
  role: (row) => [row.role, row.expiresAt.getTime()],
  resends: (row) => [row.resendCount, row.expiresAt.getTime()],
  sent: (row) => [row.issuedAt.getTime()],
};

function inOrder(rows: readonly InvitationRow[], sort: string): InvitationRow[] {
  const key = keyOf[sort.replace("-", "")] ?? (() => []);
  const compare = (a: InvitationRow, b: InvitationRow) => {
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

describe("the list of invitations", () => {
  test("C9 holds each person once, whatever became of them", () => {
    expect(everybody).toHaveLength(400);
    expect(new Set(everybody.map(({ memberId }) => memberId)).size).toBe(400);
    expect(new Set(everybody.map(({ status }) => status))).toEqual(
      new Set(["pending", "expired", "accepted", "declined", "revoked"]),
    );
  });

  test.each(sorts)("C9 in the order %s each row is visited once, forwards and backwards", async (sort) => {
    const expected = ids(inOrder(everybody.filter(isOpen), sort));
    expect(expected.length).toBeGreaterThan(150);
    expect(ids(await walk({ sort }, "forwards"))).toEqual(expected);
    expect(ids(await walk({ sort }, "backwards"))).toEqual(expected);
  });

  test.each(filters)(
    "C9 filtered by '%s' it holds those and no others, in each order",
    async (query, belongs) => {
      const asked = Object.fromEntries(new URLSearchParams(query));
      const expected = everybody.filter(belongs);
      expect(expected.length).toBeGreaterThan(0);
      for (const sort of ["-status", "email", "-role"]) {
        expect(ids(await walk({ ...asked, sort }, "forwards")), sort).toEqual(ids(inOrder(expected, sort)));
        expect(ids(await walk({ ...asked, sort }, "backwards")), sort).toEqual(ids(inOrder(expected, sort)));
      }
    },
  );

  test("C9 filtered by its inviter, whom the filter offers by name", async () => {
    const offered = await findInviters(actor);
    expect(offered.map(({ name }) => name)).toEqual(["ana", "bo", "cy"]);
    const [rare = ""] = inviters.slice(-1);
    expect(await walk({ inviter: rare }, "forwards")).toHaveLength(5);
    const all = await Promise.all(inviters.map((inviter) => walk({ inviter, status: "all" }, "forwards")));
    expect(ids(all.flat()).sort()).toEqual(ids(everybody).sort());
  });

  test("C9 while others are invited, each row that was there is still visited once", async () => {
    const before = ids(await walk({ sort: "email" }, "forwards"));
    const others = async () => {
      await Promise.all(["aaa", "mmm", "zzz"].map((name) => org.invite(someone(name))));
    };
    for (const way of ["forwards", "backwards"] as const)
      for (const sort of ["email", "-status"]) {
        const seen = ids(await walk({ sort }, way, others));
        // Backwards it ends with the first page, which is full and may hold some of the page before.
        const once = way === "forwards" ? seen : [...new Set(seen)];
        expect(once.filter((id) => before.includes(id)).sort(), `${sort} ${way}`).toEqual(before.toSorted());
      }
  });

  test("C9 a page before the first, and one whose rows are gone, is the first page", async () => {
    const first = await page({});
    const second = await page({}, first.next);
    expect(ids((await page({}, second.previous)).rows)).toEqual(ids(first.rows));
    expect((await page({}, second.previous)).previous).toBeNull();
    const last = (await walk({ sort: "email" }, "forwards")).at(-1);
    const beyond: Cursor = { side: "after", keys: [`${last?.email}z`], id: last?.id ?? "" };
    expect(ids((await page({ sort: "email" }, beyond)).rows)).toEqual(
      ids((await page({ sort: "email" })).rows),
    );
  });

  test("C9 a search finds letters as they are written, whatever else they could mean", async () => {
    const own = await createTestOrganization();
    for (const email of ["50%off@x.test", "under_score@x.test", "plain@x.test"]) await own.invite(email);
    const found = async (search: string) =>
      (await page({ search }, null, own.owner)).rows.map(({ email }) => email).sort();
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

  test("C9 more candidates than are sorted are walked in order, so that the latest stay the latest", async () => {
    const own = await createTestOrganization();
    await seatCrowd(own.id, [own.owner.memberId], { count: 12_000, label: `.${own.slug}` });
    const latest = (await page({ status: "all" }, null, own.owner)).rows;
    // In every address, but in none of the thousand that the order begins with, where these are still others.
    await db().$executeRaw`
      UPDATE invitation SET expires_at = expires_at + interval '100 years', email = 'y' || left(replace(email, '.example', '.test'), 200)
      WHERE id IN (SELECT id FROM invitation WHERE organization_id = ${own.id}::uuid AND latest ORDER BY resend_count DESC, expires_at DESC LIMIT 1500)`;
    const state = { status: "all", search: ".example", sort: "-resends" };
    const rows = (await page(state, null, own.owner)).rows;
    const wanted = (
      await db().$queryRaw<{ id: string }[]>`
      SELECT id FROM invitation WHERE organization_id = ${own.id}::uuid AND latest AND email LIKE '%.example'
      ORDER BY resend_count DESC, expires_at DESC, id DESC LIMIT 50`
    ).map(({ id }) => id);
    expect(ids(rows)).toEqual(wanted);
    expect(latest).toHaveLength(50);
  });

  test("C9 another organization's rows are in no list and no count", async () => {
    const other = await createTestOrganization();
    expect((await page({ status: "all" }, null, other.owner)).rows).toEqual([]);
    expect((await page({ inviter: actor.memberId }, null, other.owner)).rows).toEqual([]);
    expect(await findInviters(other.owner, actor.memberId)).toEqual([]);
    expect(await countOpenInvitations(other.owner)).toBe(0);
  });

  test("C9 counts stop one after their cap", async () => {
    expect(await countOpenInvitations(actor, 100)).toBe(101);
    expect(await countOpenInvitations(actor)).toBeGreaterThan(200);
  });

  test("C9 what takes too long is stopped by PostgreSQL and refused; what is broken is not called slow", async () => {
    const began = performance.now();
    expect(await withinTime(50, (tx) => tx.$queryRaw`SELECT pg_sleep(20)`)).toBeNull();
    expect(performance.now() - began).toBeLessThan(5_000);
    await expect(withinTime(50, (tx) => tx.$queryRaw`SELECT 1 / 0`)).rejects.toThrow(/division by zero/);
    expect(await db().$queryRaw`SHOW statement_timeout`).toEqual([{ statement_timeout: "0" }]);
  });
});

describe("the latest invitation of a person", () => {
  const latestOf = (email: string) =>
    db().invitation.findMany({ where: { email, latest: true }, select: { id: true, settledAs: true } });

  test("C9 is the new one after inviting again, whether the earlier one had expired or was settled", async () => {
    const own = await createTestOrganization();
    const [expired, revoked] = [await own.invite(), await own.invite()];
    await expire(expired.invitation);
    await db().$executeRaw`
      WITH i AS (UPDATE invitation SET settled_as = 'revoked', settled_at = now() WHERE id = ${revoked.invitation}::uuid
                 RETURNING member_id)
      UPDATE member m SET status = 'removed', invited_until = NULL FROM i WHERE m.id = i.member_id`;
    const outcome = await invite(own.owner, {
      addresses: [expired.email, revoked.email],
      role: "member",
      policies: [],
    });
    const answers = outcome.ok ? outcome.value : [];
    expect(answers.map(({ answer }) => answer)).toEqual(["invited-again", "invited"]);
    for (const { text, invitationId } of answers)
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
    const list = await listInvitations(own.owner, states);
    expect(list.ok && list.value.rows.map(({ id }) => id).sort()).toEqual(
      answers.map(({ invitationId }) => invitationId).sort(),
    );
  });

  test("C9 is one: the database holds no second, and no open one that is not it", async () => {
    const own = await createTestOrganization();
    const { invitation } = await own.invite();
    const again = (latest: boolean) => db().$executeRaw`
      INSERT INTO invitation (id, organization_id, member_id, email, role, key_id, code_digest, expires_at, latest)
      SELECT gen_random_uuid(), organization_id, member_id, email, role, key_id, sha256(code_digest), expires_at, ${latest}
      FROM invitation WHERE id = ${invitation}::uuid`;
    await expect(again(true)).rejects.toThrow(/invitation_latest|Unique constraint/);
    await expect(again(false)).rejects.toThrow(/invitation_open_is_latest/);
  });
});
