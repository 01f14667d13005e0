import { type Actor, findActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { invitationList } from "@/lib/invitations/list";
import { countOpenInvitations, findInviters } from "@/lib/invitations/queries/counts";
import { invitationPageQuery as invitationsPage, listInvitations } from "@/lib/invitations/queries/list";
import { userList } from "@/lib/members/list";
import { countUsers } from "@/lib/members/queries/counts";
import { listUsers, userPageQuery as usersPage } from "@/lib/members/queries/list";
import type { BenchContext } from "../context";
import { formatMs, type GoalRow } from "../report";
import { prepareOrganization } from "../seeded-organizations";
import { quantile } from "../statistics";

const TERMS = { selective: "nora.lind1", middling: "andersen", "no match": "zzyzx", "two characters": "no" };

/** Measures searches in the large organization, as PostgreSQL times the statement, and the counts of tabs and filters. */
export async function measureSearches(context: BenchContext): Promise<GoalRow[]> {
  const { slug, id } = await prepareOrganization(context, context.people);
  const actor = await findReader(context, slug);
  const people = context.people.toLocaleString("en-US");
  const runs = context.rounds * 4;
  const rows: GoalRow[] = [];
  for (const list of ["Invitations", "Users"])
    for (const [kind, search] of Object.entries(TERMS)) {
      const query =
        list === "Users"
          ? usersPage(id, userList.read({ search }))
          : invitationsPage(id, invitationList.read({ search }));
      const durations = await repeat(runs, () => explainDuration(query));
      const p95 = quantile(durations, 0.95);
      rows.push({
        metric: `search in ${list} at ${people}, ${kind}`,
        foyer: `SQL p50 ${formatMs(quantile(durations, 0.5))}, p95 ${formatMs(p95)}`,
        goal: "SQL p95 ≤ 25 ms",
        met: p95 <= 25,
      });
    }
  const pathological = await repeat(runs, () =>
    measureDuration(async () => {
      const results = [
        await listInvitations(actor, invitationList.read({ search: "..." })),
        await listUsers(actor, userList.read({ search: "..." })),
      ];
      if (context.people >= 1_000_000 && results.some(({ ok }) => ok))
        throw new Error("the search was not stopped");
    }),
  );
  rows.push({
    metric: `search at ${people}, dots only, in both lists`,
    foyer: `asks for a longer term after ${formatMs(quantile(pathological, 0.5) / 2)} each, p95 ${formatMs(quantile(pathological, 0.95) / 2)}`,
    goal: "stops at 100 ms",
    met: quantile(pathological, 0.5) / 2 <= 130,
  });
  const counts = {
    "open invitations": () => countOpenInvitations(actor),
    users: () => countUsers(actor),
    "inviters of the filter": () => findInviters(actor),
  };
  for (const [name, read] of Object.entries(counts)) {
    const durations = await repeat(runs, () => measureDuration(read));
    rows.push({
      metric: `${name} at ${people}`,
      foyer: `p50 ${formatMs(quantile(durations, 0.5))}, p95 ${formatMs(quantile(durations, 0.95))}`,
      goal: "≤ 5 ms",
      met: quantile(durations, 0.5) <= 5,
    });
  }
  return rows;
}

async function findReader({ foyer }: BenchContext, slug: string): Promise<Actor> {
  const [row] = await foyer.sql(
    `SELECT m.account_id AS id FROM member m JOIN organization o ON o.id = m.organization_id
     WHERE o.slug = $1 AND m.role = 'owner' AND m.status = 'active' LIMIT 1`,
    [slug],
  );
  const actor = await findActor(row.id, slug);
  if (!actor) throw new Error(`no member can view /o/${slug}`);
  return actor;
}

async function explainDuration(query: Prisma.Sql): Promise<number> {
  const [row] = await db().$queryRaw<
    { "QUERY PLAN": [{ "Planning Time": number; "Execution Time": number }] }[]
  >(Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`);
  const plan = row?.["QUERY PLAN"][0];
  if (!plan) throw new Error("PostgreSQL explained nothing");
  return plan["Planning Time"] + plan["Execution Time"];
}

async function measureDuration(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Measures repeatedly, after one run to warm up, and returns the milliseconds of each run. */
async function repeat(runs: number, measure: () => Promise<number>): Promise<number[]> {
  await measure();
  const durations: number[] = [];
  for (let run = 0; run < runs; run++) durations.push(await measure());
  return durations;
}
