import type { Asked, List, Question } from "@/bench/list-queries";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { pageOrder } from "@/lib/db/keyset";
import type { Cursor } from "@/lib/lists/list-state";

/** Shared buffers that a page may touch, whatever the size of the organization. */
const MOST_BUFFERS = 200;

/** One page of a list: what was asked, where in it, and what PostgreSQL did for it. */
export type Explained = {
  asked: string;
  place: Place;
  rows: number;
  buffers: number;
  milliseconds: number;
  index: string;
  /** Why this plan grows with the organization; none if it does not. */
  problems: string[];
};

const PLACES = ["first", "deep", "back", "last"] as const;
type Place = (typeof PLACES)[number];

/** Really runs the pages of one question: the first, one deep inside, the one before that, and the last. */
export async function explainPages(
  list: List,
  organizationId: string,
  { asked, params }: Question,
): Promise<Explained[]> {
  const question = list.ask(params);
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM ${list.table} WHERE ${question.matching(organizationId)}`;
  const count = counted?.count ?? 0;
  const explained: Explained[] = [];
  for (const place of PLACES) {
    const at = place === "last" ? Math.max(0, count - 10) : Math.floor(count / 2);
    const cursor = place === "first" ? null : await cursorAt(list, organizationId, question, at, place);
    explained.push({ asked, place, ...(await explain(question.page(organizationId, cursor), list)) });
  }
  return explained;
}

async function cursorAt(
  list: List,
  organizationId: string,
  { keys, place: first, matching }: Asked,
  at: number,
  place: Place,
): Promise<Cursor> {
  const named = keys.map(({ column }, key) => Prisma.sql`${column} AS ${Prisma.raw(`key_${key}`)}`);
  const [row] = await db().$queryRaw<Record<string, string | number | Date>[]>`
    SELECT ${Prisma.join(named)} FROM ${list.table} WHERE ${matching(organizationId)}
    ORDER BY ${pageOrder(keys, first)} OFFSET ${at} LIMIT 1`;
  if (!row) throw new Error("nothing of this is in the crowd: seed it again");
  const values = keys.map((_, key) => row[`key_${key}`] ?? "");
  const read = values.map((value) => (value instanceof Date ? value.toISOString() : value));
  return { side: place === "back" ? "before" : "after", keys: read.slice(0, -1), id: String(read.at(-1)) };
}

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: Node[];
};

async function explain(query: Prisma.Sql, { indexes }: List) {
  const [answer] = await db().$queryRaw<{ "QUERY PLAN": [{ Plan: Node; "Execution Time": number }] }[]>(
    Prisma.sql`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`,
  );
  const told = answer?.["QUERY PLAN"][0];
  if (!told) throw new Error("PostgreSQL explained nothing");
  const nodes = nodesOf(told.Plan);
  const buffers = told.Plan["Shared Hit Blocks"] + told.Plan["Shared Read Blocks"];
  return {
    rows: told.Plan["Actual Rows"],
    buffers,
    milliseconds: told["Execution Time"],
    index: nodes.map((node) => node["Index Name"]).find((name) => name?.startsWith(indexes)) ?? "none",
    problems: [
      // The organization itself is one row in one block, which is read as it is.
      ...nodes
        .filter((node) => node["Node Type"] === "Seq Scan" && node["Relation Name"] !== "organization")
        .map((node) => `Seq Scan on ${node["Relation Name"]}`),
      ...nodes
        .filter((node) => node["Node Type"].endsWith("Sort") && rowsInto(node) > 51)
        .map((node) => `${node["Node Type"]} of ${rowsInto(node)} rows`),
      ...(buffers > MOST_BUFFERS ? [`${buffers} buffers`] : []),
    ],
  };
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)];
}

function rowsInto(node: Node): number {
  return Math.max(0, ...(node.Plans ?? []).map((below) => below["Actual Rows"]));
}
