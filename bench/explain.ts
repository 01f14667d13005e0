import type { ListQuery, ListStatements, MeasuredList } from "@/bench/list-queries";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { pageOrder } from "@/lib/db/keyset";
import type { Cursor } from "@/lib/lists/list-state";

/** Maximum number of shared buffers that a page may touch, regardless of the size of the organization. */
const MAX_BUFFERS = 200;

/** One page of a list: the query, the position in the list, and what PostgreSQL did for it. */
export type ExplainedPage = {
  query: string;
  position: Position;
  rows: number;
  buffers: number;
  milliseconds: number;
  index: string;
  /** Reasons why this plan grows with the organization; empty if it does not. */
  problems: string[];
};

const POSITIONS = ["first", "deep", "back", "last"] as const;
type Position = (typeof POSITIONS)[number];

/** Executes four pages of one query: the first, one in the middle, the one before that, and the last. */
export async function explainPages(
  list: MeasuredList,
  organizationId: string,
  { query, params }: ListQuery,
): Promise<ExplainedPage[]> {
  const statements = list.statementsFor(params);
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${list.table} WHERE ${statements.where(organizationId)}`;
  const count = counted?.count ?? 0;
  const explained: ExplainedPage[] = [];
  for (const position of POSITIONS) {
    const offset = position === "last" ? Math.max(0, count - 10) : Math.floor(count / 2);
    const cursor =
      position === "first" ? null : await findCursor(list, organizationId, statements, offset, position);
    explained.push({ query, position, ...(await explain(statements.page(organizationId, cursor), list)) });
  }
  return explained;
}

async function findCursor(
  list: MeasuredList,
  organizationId: string,
  { keys, firstPage, where }: ListStatements,
  offset: number,
  position: Position,
): Promise<Cursor> {
  const columns = keys.map(({ column }, key) => Prisma.sql`${column} AS ${Prisma.raw(`key_${key}`)}`);
  const [row] = await db().$queryRaw<Record<string, string | number | Date>[]>`
    SELECT ${Prisma.join(columns)} FROM ${list.table} WHERE ${where(organizationId)}
    ORDER BY ${pageOrder(keys, firstPage)} OFFSET ${offset} LIMIT 1`;
  if (!row) throw new Error("no row of this query: seed the organization again");
  const values = keys.map((_, key) => row[`key_${key}`] ?? "");
  const read = values.map((value) => (value instanceof Date ? value.toISOString() : value));
  return { side: position === "back" ? "before" : "after", keys: read.slice(0, -1), id: String(read.at(-1)) };
}

type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
};

async function explain(query: Prisma.Sql, { indexPrefix }: MeasuredList) {
  const [row] = await db().$queryRaw<{ "QUERY PLAN": [{ Plan: PlanNode; "Execution Time": number }] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`,
  );
  const explained = row?.["QUERY PLAN"][0];
  if (!explained) throw new Error("PostgreSQL explained nothing");
  const nodes = nodesOf(explained.Plan);
  const buffers = explained.Plan["Shared Hit Blocks"] + explained.Plan["Shared Read Blocks"];
  return {
    rows: explained.Plan["Actual Rows"],
    buffers,
    milliseconds: explained["Execution Time"],
    index: nodes.map((node) => node["Index Name"]).find((name) => name?.startsWith(indexPrefix)) ?? "none",
    problems: [
      // The organization itself is one row in one block, which is always read sequentially.
      ...nodes
        .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] !== "organization")
        .map((node) => `Seq Scan on ${node["Relation Name"]}`),
      ...nodes
        .filter((node) => node["Node Type"].endsWith("Sort") && inputRows(node) > 51)
        .map((node) => `${node["Node Type"]} of ${inputRows(node)} rows`),
      ...(buffers > MAX_BUFFERS ? [`${buffers} buffers`] : []),
    ],
  };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function inputRows(node: PlanNode): number {
  return Math.max(0, ...(node.Plans ?? []).map((child) => child["Actual Rows"]));
}
