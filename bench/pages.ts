import { type Actor, findActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { invitationList } from "@/lib/invitations/list";
import { countOpenInvitations, findInviters } from "@/lib/invitations/queries/counts";
import { listInvitations } from "@/lib/invitations/queries/list";
import type { SearchParams } from "@/lib/lists/list-state";
import { userList } from "@/lib/members/list";
import { countUsers } from "@/lib/members/queries/counts";
import { listUsers } from "@/lib/members/queries/list";
import type { Result } from "@/lib/result/result";
import { withInstallation } from "@/scripts/installation";
import { seedOrganization } from "@/scripts/seed-organization";

const ROUNDS = 60;

/** Queries of Invitations, from the typical to the slowest. */
const INVITATION_QUERIES: Record<string, SearchParams> = {
  "first page": {},
  "by address": { sort: "email" },
  expired: { status: "expired" },
  bounced: { delivery: "bounced" },
  "search, one person": { search: "nora.lind1" },
  "search, middling": { search: "andersen" },
  "search, frequent": { search: "northwind" },
  "search, no match": { search: "zzyzx" },
  "search, one character": { search: "m" },
  "search, two characters": { search: "no" },
  "search, dots only": { search: "..." },
  "search in revoked": { search: "andersen", status: "revoked" },
  "two filters": { delivery: "failed", role: "admin" },
  "filter, other order": { role: "owner", sort: "email" },
};

/** Queries of Users. */
const USER_QUERIES: Record<string, SearchParams> = {
  "first page": {},
  "by last active": { sort: "-active" },
  expired: { status: "expired" },
  blocked: { status: "blocked" },
  "no access policy": { policies: "none" },
  "search, one person": { search: "nora.lind1" },
  "search, middling": { search: "Andersen" },
  "search, frequent": { search: "northwind" },
  "search, no match": { search: "zzyzx" },
  "search, one character": { search: "m" },
  "search, two characters": { search: "no" },
  "search, dots only": { search: "..." },
  "search in removed": { search: "andersen", status: "removed" },
  "two filters": { status: "expired", role: "admin" },
  "filter, other order": { role: "owner", sort: "-active" },
};

/**
 * `npm run bench:pages`, after `npm run seed:million`: the same pages of an organization with 1,000 people and of one with
 * 1,000,000, alternating, from the query to the rows; and a page in the middle of each list.
 */
await withInstallation(async () => {
  const thousand = await findReader("thousand");
  const million = await findReader("million");
  const pair = { thousand, million };
  await compareAll("Invitations", INVITATION_QUERIES, pair, {
    listPage: (actor, params) => listInvitations(actor, invitationList.read(params)),
    deepParams: deepInvitationParams,
    counts: { count: countOpenInvitations, inviters: findInviters },
  });
  await compareAll("Users", USER_QUERIES, pair, {
    listPage: (actor, params) => listUsers(actor, userList.read(params)),
    deepParams: deepUserParams,
    counts: { count: countUsers },
  });
});

type Pair = { thousand: Actor; million: Actor };

type ComparedList = {
  listPage: (actor: Actor, params: SearchParams) => Promise<Result<{ rows: unknown[] }, string>>;
  /** Returns the parameters of the page after `rows` rows. */
  deepParams: (actor: Actor, rows: number) => Promise<SearchParams>;
  counts: Record<string, (actor: Actor) => Promise<unknown>>;
};

/** Prints a table of one list: each query in both organizations, alternating. */
async function compareAll(
  title: string,
  queries: Record<string, SearchParams>,
  { thousand, million }: Pair,
  { listPage, deepParams, counts }: ComparedList,
): Promise<void> {
  console.log(
    `\n| ${title.padEnd(20)} | 1,000: p50, p95 | 1,000,000: p50, p95 | |\n| --- | --- | --- | --- |`,
  );
  const pages = Object.entries(queries).map(([name, params]) => [name, params, params] as const);
  const deepPage = [
    "deep page",
    await deepParams(thousand, 400),
    await deepParams(million, 400_000),
  ] as const;
  for (const [name, smallParams, largeParams] of [...pages, deepPage]) {
    const small: number[] = [];
    const large: number[] = [];
    let summary = "";
    for (let round = 0; round < ROUNDS; round++) {
      small.push(...(await measure(() => listPage(thousand, smallParams), 1)));
      const durations = await measure(async () => {
        const result = await listPage(million, largeParams);
        summary = result.ok ? `${result.value.rows.length} rows` : result.reason;
      }, 1);
      large.push(...durations);
    }
    printRow(name, small, large, summary);
  }
  for (const [name, read] of Object.entries(counts))
    printRow(name, await measure(() => read(thousand)), await measure(() => read(million)), "");
}

/** Returns the milliseconds of each run. */
async function measure(work: () => Promise<unknown>, rounds = ROUNDS): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await work();
    times.push(performance.now() - startedAt);
  }
  return times;
}

function printRow(name: string, small: number[], large: number[], summary: string): void {
  const format = (times: number[]) =>
    [0.5, 0.95].map((q) => `${quantile(times, q).toFixed(1).padStart(5)} ms`).join(", ");
  console.log(`| ${name.padEnd(20)} | ${format(small)} | ${format(large)} | ${summary} |`);
}

function quantile(times: number[], q: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * q)] ?? Number.NaN;
}

/** Returns an actor who may read the list; seeds the small organization if it does not exist. */
async function findReader(slug: "thousand" | "million"): Promise<Actor> {
  const existing = await db().organization.findUnique({ where: { slug }, select: { id: true } });
  if (!existing && slug === "million")
    throw new Error("Organization /o/million does not exist. Run npm run seed:million first.");
  if (!existing) await seedOrganization({ slug, name: "A Thousand", count: 1_000, inviters: 2 });
  const owner = await db().member.findFirstOrThrow({
    where: { organization: { slug }, role: "owner", status: "active", grantedBy: null },
    select: { accountId: true },
  });
  const actor = await findActor(owner.accountId ?? "", slug);
  if (!actor) throw new Error(`no member can view /o/${slug}`);
  return actor;
}

async function deepInvitationParams(actor: Actor, rows: number): Promise<SearchParams> {
  const [row] = await db().$queryRaw<{ id: string; expiresAt: Date }[]>`
    SELECT id, expires_at AS "expiresAt" FROM invitation
    WHERE organization_id = ${actor.organization.id}::uuid AND settled_as IS NULL
    ORDER BY expires_at DESC, id DESC OFFSET ${rows} LIMIT 1`;
  if (!row) throw new Error("the organization has too few rows");
  const cursor = { side: "after" as const, keys: [row.expiresAt.toISOString()], id: row.id };
  return parseQuery(invitationList.write({ ...invitationList.defaults, cursor }));
}

async function deepUserParams(actor: Actor, rows: number): Promise<SearchParams> {
  const [row] = await db().$queryRaw<{ id: string; sortName: string }[]>`
    SELECT id, sort_name AS "sortName" FROM member
    WHERE organization_id = ${actor.organization.id}::uuid AND status <> 'removed'
    ORDER BY sort_name, id OFFSET ${rows} LIMIT 1`;
  if (!row) throw new Error("the organization has too few rows");
  const cursor = { side: "after" as const, keys: [row.sortName], id: row.id };
  return parseQuery(userList.write({ ...userList.defaults, cursor }));
}

function parseQuery(query: string): SearchParams {
  return Object.fromEntries(new URLSearchParams(query));
}
