import { type Actor, findActor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { invitationList } from "@/lib/invitations/list";
import { countOpenInvitations, findInviters } from "@/lib/invitations/queries/counts";
import { invitationPageQuery as invitationsPage, listInvitations } from "@/lib/invitations/queries/list";
import { userList } from "@/lib/members/list";
import { countUsers } from "@/lib/members/queries/counts";
import { listUsers, userPageQuery as usersPage } from "@/lib/members/queries/list";
import type { Stage } from "../context";
import { type Line, ms } from "../report";
import { crowd } from "../seeded-organizations";
import { quantile } from "../statistics";

const TERMS = { selective: "nora.lind1", middling: "andersen", "no match": "zzyzx", "two letters": "no" };

/** Searches in a million: the statement itself, as PostgreSQL times it; and the counts on tabs and filters. */
export async function measureSearches(stage: Stage): Promise<Line[]> {
  const { slug, id } = await crowd(stage, stage.people);
  const actor = await actorAt(stage, slug);
  const inCount = stage.people.toLocaleString("en-US");
  const turns = stage.rounds * 4;
  const lines: Line[] = [];
  for (const list of ["Invitations", "Users"])
    for (const [kind, search] of Object.entries(TERMS)) {
      const query =
        list === "Users"
          ? usersPage(id, userList.read({ search }))
          : invitationsPage(id, invitationList.read({ search }));
      const took = await repeat(turns, () => explain(query));
      const p95 = quantile(took, 0.95);
      lines.push({
        what: `search in ${list} at ${inCount}, ${kind}`,
        foyer: `SQL p50 ${ms(quantile(took, 0.5))}, p95 ${ms(p95)}`,
        goal: "SQL p95 ≤ 25 ms",
        met: p95 <= 25,
      });
    }
  const pathological = await repeat(turns, () =>
    clocked(async () => {
      const answers = [
        await listInvitations(actor, invitationList.read({ search: "..." })),
        await listUsers(actor, userList.read({ search: "..." })),
      ];
      if (stage.people >= 1_000_000 && answers.some(({ ok }) => ok)) throw new Error("it was answered");
    }),
  );
  lines.push({
    what: `search at ${inCount}, dots alone, in both lists`,
    foyer: `asks for more letters after ${ms(quantile(pathological, 0.5) / 2)} each, p95 ${ms(quantile(pathological, 0.95) / 2)}`,
    goal: "stops at 100 ms",
    met: quantile(pathological, 0.5) / 2 <= 130,
  });
  const counts = {
    "open invitations": () => countOpenInvitations(actor),
    users: () => countUsers(actor),
    "inviters of the filter": () => findInviters(actor),
  };
  for (const [what, read] of Object.entries(counts)) {
    const took = await repeat(turns, () => clocked(read));
    lines.push({
      what: `${what} at ${inCount}`,
      foyer: `p50 ${ms(quantile(took, 0.5))}, p95 ${ms(quantile(took, 0.95))}`,
      goal: "≤ 5 ms",
      met: quantile(took, 0.5) <= 5,
    });
  }
  return lines;
}

async function actorAt({ foyer }: Stage, slug: string): Promise<Actor> {
  const [row] = await foyer.sql(
    `SELECT m.account_id AS id FROM member m JOIN organization o ON o.id = m.organization_id
     WHERE o.slug = $1 AND m.role = 'owner' AND m.status = 'active' LIMIT 1`,
    [slug],
  );
  const actor = await findActor(row.id, slug);
  if (!actor) throw new Error(`nobody may read /o/${slug}`);
  return actor;
}

async function explain(query: Prisma.Sql): Promise<number> {
  const [answer] = await db().$queryRaw<
    { "QUERY PLAN": [{ "Planning Time": number; "Execution Time": number }] }[]
  >(Prisma.sql`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${query}`);
  const told = answer?.["QUERY PLAN"][0];
  if (!told) throw new Error("PostgreSQL explained nothing");
  return told["Planning Time"] + told["Execution Time"];
}

async function clocked(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** The first time warms up. */
async function repeat(turns: number, measure: () => Promise<number>): Promise<number[]> {
  await measure();
  const took: number[] = [];
  for (let turn = 0; turn < turns; turn++) took.push(await measure());
  return took;
}
