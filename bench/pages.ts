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

/** What people ask of Invitations, from the usual to the mean. */
const OF_INVITATIONS: Record<string, SearchParams> = {
  "first page": {},
  "by address": { sort: "email" },
  expired: { status: "expired" },
  bounced: { delivery: "bounced" },
  "search, one person": { search: "nora.lind1" },
  "search, middling": { search: "andersen" },
  "search, frequent": { search: "northwind" },
  "search, no match": { search: "zzyzx" },
  "search, one letter": { search: "m" },
  "search, two letters": { search: "no" },
  "search, dots only": { search: "..." },
  "search in revoked": { search: "andersen", status: "revoked" },
  "two filters": { delivery: "failed", role: "admin" },
  "filter, other order": { role: "owner", sort: "email" },
};

/** What people ask of Users. */
const OF_USERS: Record<string, SearchParams> = {
  "first page": {},
  "by last active": { sort: "-active" },
  expired: { status: "expired" },
  blocked: { status: "blocked" },
  "no access policy": { policies: "none" },
  "search, one person": { search: "nora.lind1" },
  "search, middling": { search: "Andersen" },
  "search, frequent": { search: "northwind" },
  "search, no match": { search: "zzyzx" },
  "search, one letter": { search: "m" },
  "search, two letters": { search: "no" },
  "search, dots only": { search: "..." },
  "search in removed": { search: "andersen", status: "removed" },
  "two filters": { status: "expired", role: "admin" },
  "filter, other order": { role: "owner", sort: "-active" },
};

/**
 * `npm run bench:pages`, after `npm run seed:million`: the same pages of an organization with a thousand people and of
 * one with a million, in turns, from the query to the rows; and a page deep inside of each.
 */
await withInstallation(async () => {
  const thousand = await actorOf("thousand");
  const million = await actorOf("million");
  const pair = { thousand, million };
  await compareAll("Invitations", OF_INVITATIONS, pair, {
    ask: (actor, params) => listInvitations(actor, invitationList.read(params)),
    deep: deepInInvitations,
    tallies: { count: countOpenInvitations, inviters: findInviters },
  });
  await compareAll("Users", OF_USERS, pair, {
    ask: (actor, params) => listUsers(actor, userList.read(params)),
    deep: deepInUsers,
    tallies: { count: countUsers },
  });
});

type Pair = { thousand: Actor; million: Actor };

type List = {
  ask: (actor: Actor, params: SearchParams) => Promise<Result<{ rows: unknown[] }, string>>;
  /** The question for the page after so many rows. */
  deep: (actor: Actor, rows: number) => Promise<SearchParams>;
  tallies: Record<string, (actor: Actor) => Promise<unknown>>;
};

/** A table of one list: each question of both organizations in turns. */
async function compareAll(
  title: string,
  questions: Record<string, SearchParams>,
  { thousand, million }: Pair,
  { ask, deep, tallies }: List,
): Promise<void> {
  console.log(
    `\n| ${title.padEnd(20)} | 1,000: p50, p95 | 1,000,000: p50, p95 | |\n| --- | --- | --- | --- |`,
  );
  const asked = Object.entries(questions).map(([name, params]) => [name, params, params] as const);
  const deeper = ["deep page", await deep(thousand, 400), await deep(million, 400_000)] as const;
  for (const [name, ofThousand, ofMillion] of [...asked, deeper]) {
    const small: number[] = [];
    const large: number[] = [];
    let answer = "";
    for (let round = 0; round < ROUNDS; round++) {
      small.push(...(await time(() => ask(thousand, ofThousand), 1)));
      const took = await time(async () => {
        const outcome = await ask(million, ofMillion);
        answer = outcome.ok ? `${outcome.value.rows.length} rows` : outcome.reason;
      }, 1);
      large.push(...took);
    }
    report(name, small, large, answer);
  }
  for (const [name, read] of Object.entries(tallies))
    report(name, await time(() => read(thousand)), await time(() => read(million)), "");
}

async function time(work: () => Promise<unknown>, rounds = ROUNDS): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times;
}

function report(name: string, small: number[], large: number[], answer: string): void {
  const figures = (times: number[]) =>
    [0.5, 0.95].map((part) => `${quantile(times, part).toFixed(1).padStart(5)} ms`).join(", ");
  console.log(`| ${name.padEnd(20)} | ${figures(small)} | ${figures(large)} | ${answer} |`);
}

function quantile(times: number[], part: number): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * part)] ?? Number.NaN;
}

/** Somebody who may read the list; the small organization is made when it is not there. */
async function actorOf(slug: "thousand" | "million"): Promise<Actor> {
  const known = await db().organization.findUnique({ where: { slug }, select: { id: true } });
  if (!known && slug === "million")
    throw new Error("There is no organization /o/million. First: npm run seed:million");
  if (!known) await seedOrganization({ slug, name: "A Thousand", count: 1_000, inviters: 2 });
  const owner = await db().member.findFirstOrThrow({
    where: { organization: { slug }, role: "owner", status: "active", grantedBy: null },
    select: { accountId: true },
  });
  const actor = await findActor(owner.accountId ?? "", slug);
  if (!actor) throw new Error(`nobody may read /o/${slug}`);
  return actor;
}

async function deepInInvitations(actor: Actor, rows: number): Promise<SearchParams> {
  const [row] = await db().$queryRaw<{ id: string; expiresAt: Date }[]>`
    SELECT id, expires_at AS "expiresAt" FROM invitation
    WHERE organization_id = ${actor.organization.id}::uuid AND settled_as IS NULL
    ORDER BY expires_at DESC, id DESC OFFSET ${rows} LIMIT 1`;
  if (!row) throw new Error("not that many");
  const cursor = { side: "after" as const, keys: [row.expiresAt.toISOString()], id: row.id };
  return queryOf(invitationList.write({ ...invitationList.defaults, cursor }));
}

async function deepInUsers(actor: Actor, rows: number): Promise<SearchParams> {
  const [row] = await db().$queryRaw<{ id: string; sortName: string }[]>`
    SELECT id, sort_name AS "sortName" FROM member
    WHERE organization_id = ${actor.organization.id}::uuid AND status <> 'removed'
    ORDER BY sort_name, id OFFSET ${rows} LIMIT 1`;
  if (!row) throw new Error("not that many");
  const cursor = { side: "after" as const, keys: [row.sortName], id: row.id };
  return queryOf(userList.write({ ...userList.defaults, cursor }));
}

function queryOf(query: string): SearchParams {
  return Object.fromEntries(new URLSearchParams(query));
}
