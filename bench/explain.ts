import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { type InvitationListState, invitationList } from "@/lib/invitations/list";
import { pageQuery } from "@/lib/invitations/queries/list";
import { ofKind, onPage, readingOrder } from "@/lib/invitations/queries/matching";
import type { Params } from "@/lib/kit/list-params";

/** Shared buffers that a page may touch, whatever the size of the organization. */
const MOST_BUFFERS = 200;

/** One page of the list: what was asked, where in it, and what PostgreSQL did for it. */
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
export type Place = (typeof PLACES)[number];

/** Each order alone, and each single filter in the default order (issue of the list; architecture, Lists). */
export function everyQuestion(inviters: {
  most: string;
  fewest: string;
}): { asked: string; params: Params }[] {
  const orders = ["email", "status", "role", "resends", "sent"].flatMap((column) => [column, `-${column}`]);
  const statuses = ["pending", "expired", "accepted", "declined", "revoked", "all"];
  const deliveries = "queued sent delivered delayed bounced complained failed unknown kept".split(" ");
  return [
    ...orders.map((sort) => ({ asked: `sort=${sort}`, params: { sort } })),
    ...statuses.map((status) => ({ asked: `status=${status}`, params: { status } })),
    ...deliveries.map((delivery) => ({ asked: `delivery=${delivery}`, params: { delivery } })),
    ...["owner", "admin", "member"].map((role) => ({ asked: `role=${role}`, params: { role } })),
    { asked: "inviter=most", params: { inviter: inviters.most } },
    { asked: "inviter=fewest", params: { inviter: inviters.fewest } },
  ];
}

/** Really runs the pages of one question: the first, one deep inside, the one before that, and the last. */
export async function explainPages(
  organizationId: string,
  { asked, params }: { asked: string; params: Params },
): Promise<Explained[]> {
  const state = invitationList.read(params);
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM invitation i WHERE ${matching(organizationId, state)}`;
  const count = counted?.count ?? 0;
  const explained: Explained[] = [];
  for (const place of PLACES) {
    const at = place === "last" ? Math.max(0, count - 10) : Math.floor(count / 2);
    const cursor = place === "first" ? null : await cursorAt(organizationId, state, at, place);
    explained.push({ asked, place, ...(await explain(pageQuery(organizationId, { ...state, cursor }))) });
  }
  return explained;
}

function matching(organizationId: string, state: InvitationListState): Prisma.Sql {
  return Prisma.sql`${ofKind(organizationId, state.filters)} AND ${onPage(state)}`;
}

async function cursorAt(organizationId: string, state: InvitationListState, at: number, place: Place) {
  const [row] = await db().$queryRaw<
    { id: string; email: string; role: string; resends: number; issuedAt: Date; expiresAt: Date }[]
  >`
    SELECT i.id, i.email, i.role, i.resend_count AS resends, i.issued_at AS "issuedAt", i.expires_at AS "expiresAt"
    FROM invitation i WHERE ${matching(organizationId, state)} ORDER BY ${readingOrder(state)} OFFSET ${at} LIMIT 1`;
  if (!row) throw new Error("nothing of this is in the crowd: seed it again");
  const expiry = row.expiresAt.toISOString();
  const keys = {
    email: [row.email],
    status: [expiry],
    role: [row.role, expiry],
    resends: [row.resends, expiry],
    sent: [row.issuedAt.toISOString()],
  }[state.sort.column];
  return { side: place === "back" ? ("before" as const) : ("after" as const), keys, id: row.id };
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

async function explain(query: Prisma.Sql) {
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
    index: nodes.map((node) => node["Index Name"]).find((name) => name?.startsWith("invitation")) ?? "none",
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
