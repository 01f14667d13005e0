import { type Actor, assertMay } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { cursorAfter, isBeginning, type KeysetPage, PAGE_SIZE, readingOrder, toPage } from "@/lib/db/keyset";
import { LIST_LIMITS, withinTime } from "@/lib/db/statement-timeout";
import type { Cursor } from "@/lib/lists/list-state";
import type { Role } from "@/lib/permissions/roles";
import { type RequestColumn, type RequestListState, requestList } from "@/lib/requests/list";
import type { RequestListRefusal } from "@/lib/requests/messages";
import { KEYS, ofKind, onPage } from "@/lib/requests/queries/matching";
import { holdsTerm, searched } from "@/lib/requests/queries/search";
import { type RequestStatus, statusOf } from "@/lib/requests/status";
import { done, type Result, refused } from "@/lib/result/result";

/** A row of Invitation requests. */
export type RequestRow = {
  id: string;
  email: string;
  /** Empty where an expired invitation brought the request. */
  name: string;
  message: string;
  status: RequestStatus;
  /** What the expired invitation promised; null: it was asked for on the login page. */
  proposed: { role: Role; policies: string[] } | null;
  requestedAt: Date;
  /** The database's clock when the row was read. */
  now: Date;
};

/** The requests of an organization that were confirmed, filtered, searched, in order, one page (REQ-E3, REQ-C9). */
export async function listRequests(
  actor: Actor,
  state: RequestListState,
): Promise<Result<KeysetPage<RequestRow>, RequestListRefusal>> {
  assertMay(actor, "requests:read");
  const limit = LIST_LIMITS[requestList.isSearchAlone(state) ? "search" : "combination"];
  const read = await withinTime(limit, (tx) =>
    tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state)),
  );
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  if (isBeginning(read, state)) return listRequests(actor, { ...state, cursor: null });
  return done(toPage(read.map(toRow), state, KEYS_OF[state.sort.column]));
}

/** So many from the place of `state` on; `next` is null where the list ends. */
export async function readRequests(
  tx: Tx,
  actor: Actor,
  state: RequestListState,
  limit: number,
): Promise<{ rows: RequestRow[]; next: Cursor | null }> {
  assertMay(actor, "requests:read");
  const rows = (await tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state, limit))).map(toRow);
  return { rows, next: cursorAfter(rows, limit, KEYS_OF[state.sort.column]) };
}

/** What a page is read with: one row more than it shows, in the order of reading. */
export function pageQuery(
  organizationId: string,
  state: RequestListState,
  limit = PAGE_SIZE + 1,
): Prisma.Sql {
  const order = Prisma.sql`ORDER BY ${readingOrder(KEYS[state.sort.column], state)} LIMIT ${limit}`;
  const page = state.search
    ? searched(organizationId, state, limit)
    : Prisma.sql`
        SELECT r.* FROM invitation_request r
        WHERE ${ofKind(organizationId, state.filters)} AND ${onPage(state)} ${order}`;
  return rowsQuery(page, order);
}

/** What a cursor carries of the row it stands at. */
const KEYS_OF: Record<RequestColumn, (row: RequestRow) => Cursor["keys"]> = {
  email: (row) => [row.email],
  requested: (row) => [row.requestedAt.toISOString()],
};

/** These requests as rows, for the screen that has just answered them. */
export async function findRequests(actor: Actor, ids: readonly string[]): Promise<RequestRow[]> {
  assertMay(actor, "requests:read");
  const these = Prisma.sql`
    SELECT r.* FROM invitation_request r
    WHERE r.organization_id = ${actor.organization.id}::uuid AND r.id = ANY(${[...ids]}::uuid[])
      AND r.status IN ('pending', 'approved', 'dismissed')`;
  const rows = await db().$queryRaw<Selected[]>(
    rowsQuery(these, Prisma.sql`ORDER BY r.created_at DESC, r.id DESC`),
  );
  return rows.map(toRow);
}

/** Of these requests those that the list shows as it is asked for, on whichever page, the latest first; so many of them. */
export async function findListedRequests(
  actor: Actor,
  state: RequestListState,
  ids: readonly string[],
  limit: number,
): Promise<RequestRow[]> {
  assertMay(actor, "requests:read");
  const asked = { ...state, cursor: null };
  const order = Prisma.sql`ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`;
  // These few first: otherwise an order of the list might be walked to find them.
  const listed = Prisma.sql`
    WITH these AS MATERIALIZED (SELECT r.* FROM invitation_request r WHERE r.id = ANY(${[...ids]}::uuid[]))
    SELECT r.* FROM these r
    WHERE ${ofKind(actor.organization.id, asked.filters)} AND ${onPage(asked)}
      AND ${asked.search ? holdsTerm(asked) : Prisma.sql`true`} ${order}`;
  return (await db().$queryRaw<Selected[]>(rowsQuery(listed, order))).map(toRow);
}

type Selected = Omit<RequestRow, "status" | "proposed"> & {
  status: "pending" | "approved" | "dismissed";
  stale: boolean;
  invitationId: string | null;
  role: Role;
  policies: string[];
};

/** Some requests as rows of the list; everything is on their own row. */
function rowsQuery(some: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, r.email, r.name, r.message, r.status, r.stale, r.invitation_id AS "invitationId",
           r.proposed_role AS role, r.proposed_policies AS policies, r.created_at AS "requestedAt",
           statement_timestamp() AS now
    FROM (${some}) r ${order}`;
}

function toRow({ status, stale, invitationId, role, policies, ...row }: Selected): RequestRow {
  return {
    ...row,
    status: statusOf({ status, stale }),
    proposed: invitationId ? { role, policies } : null,
  };
}
