import { expect, test } from "vitest";
import { type ActivityFilter, activityPageQuery } from "@/lib/activity/queries";
import { connectionPool, db } from "@/lib/db/client";
import { startOfDay } from "@/lib/i18n/format";
import { createTestOrganization } from "@/test/factories";
import { createIsolatedDatabase } from "@/test/isolated-database";

const COUNT = 100_000;
const LIMIT = 51;

/** Blocks per page, including four lookups per entry. */
const MAX_BLOCKS = 800;

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Node[];
};

/** Returns what in the query plan grows with the log: a sequential scan, a sort, or too many blocks. */
async function findPlanProblems(
  filter: ActivityFilter,
  position: Parameters<typeof activityPageQuery>[1],
): Promise<string[]> {
  const query = activityPageQuery(filter, position, LIMIT);
  const text = query.strings.reduce((sql, part, index) => `${sql}$${index}${part}`);
  const { rows } = await connectionPool().query<{ "QUERY PLAN": [{ Plan: Node }] }>(
    `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
    query.values,
  );
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (!plan) throw new Error("PostgreSQL explained nothing");
  const nodes = nodesOf(plan);
  const blocks = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
  return [
    ...nodes
      .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] === "activity")
      .map(() => "Seq Scan of the log"),
    ...nodes
      .filter((node) => node["Node Type"].endsWith("Sort") && rowsInto(node) > LIMIT)
      .map((node) => `${node["Node Type"]} of ${rowsInto(node)} entries`),
    ...(blocks > MAX_BLOCKS ? [`${blocks} blocks`] : []),
  ];
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function rowsInto(node: Node): number {
  return Math.max(0, ...(node.Plans ?? []).map((child) => child["Actual Rows"]));
}

test("G4 each single filter of the log reads an index on every page: no Seq Scan, no Sort", async () => {
  await createIsolatedDatabase();
  const org = await createTestOrganization();
  const rare = await org.addMember("bo", "admin");
  const [frequentActor, rareActor] = [org.owner.memberId, rare.memberId];
  // A year of entries; the rare ones are the oldest.
  await db().$executeRaw`
    INSERT INTO activity (organization_id, member_id, actor_id, type, at)
    SELECT ${org.id}::uuid, CASE WHEN n <= 60 THEN ${rareActor}::uuid ELSE gen_random_uuid() END,
           CASE WHEN n <= 60 THEN ${rareActor}::uuid ELSE ${frequentActor}::uuid END,
           CASE WHEN n <= 60 THEN 'vouched' WHEN n % 3 = 0 THEN 'copied' ELSE 'invited' END,
           timestamptz '2026-01-01Z' + make_interval(mins => n * 5)
    FROM generate_series(1, ${COUNT}::int) n`;
  await connectionPool().query("VACUUM (ANALYZE) activity");
  const middle = await db().activity.findFirstOrThrow({ skip: COUNT / 2, orderBy: { at: "asc" } });
  const position = { at: middle.at, id: String(middle.id) };
  const day = middle.at.toISOString().slice(0, 10);
  const noFilter = {
    organizationId: org.id,
    type: undefined,
    actorId: null,
    memberId: null,
    from: undefined,
    to: undefined,
  };
  const filters: ActivityFilter[] = [
    noFilter,
    { ...noFilter, type: "invited" },
    { ...noFilter, type: "vouched" },
    { ...noFilter, actorId: frequentActor },
    { ...noFilter, actorId: rareActor },
    { ...noFilter, memberId: rareActor },
    { ...noFilter, from: startOfDay(day, "UTC") },
    { ...noFilter, to: startOfDay(day, "UTC") },
    {
      ...noFilter,
      from: startOfDay(day, "UTC"),
      to: new Date(startOfDay(day, "UTC").getTime() + 86_400_000),
    },
  ];
  for (const filter of filters)
    for (const cursor of [
      null,
      { ...position, side: "after" as const },
      { ...position, side: "before" as const },
    ])
      expect(
        await findPlanProblems(filter, cursor),
        `${JSON.stringify(filter)}, ${cursor?.side ?? "first"} page`,
      ).toEqual([]);
  expect(
    await findPlanProblems({ ...noFilter, to: new Date("2020-01-01") }, null),
    "days without entries",
  ).toEqual([]);
}, 120_000);
