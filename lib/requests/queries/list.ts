import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isPageExhausted, type KeysetPage, nextCursor, PAGE_SIZE, pageOrder, toPage } from "@/lib/db/keyset";
import { LIST_TIMEOUTS, withStatementTimeout } from "@/lib/db/statement-timeout";
import type { Cursor } from "@/lib/lists/list-state";
import type { Role } from "@/lib/permissions/roles";
import { type RequestListState, type RequestSortColumn, requestList } from "@/lib/requests/list";
import type { RequestListRefusal } from "@/lib/requests/messages";
import { REQUEST_SORT_KEYS, whereRequestFilters, whereRequestPage } from "@/lib/requests/queries/filters";
import { matchesRequestSearch, requestSearchQuery } from "@/lib/requests/queries/search";
import { type RequestStatus, requestStatusOf } from "@/lib/requests/status";
import { done, type Result, refused } from "@/lib/result/result";

/** A row of the list Invitation requests. */
export type RequestRow = {
  id: string;
  email: string;
  /** Empty if the request came from the page of an expired invitation. */
  name: string;
  message: string;
  status: RequestStatus;
  /** Role and policies of the expired invitation; null if the request came from the login page. */
  proposed: { role: Role; policies: string[] } | null;
  requestedAt: Date;
  /** The database clock when the row was read. */
  now: Date;
};

/**
 * Returns one page of the organization's confirmed requests: filtered, searched and sorted (REQ-E3, REQ-C9).
 */
export async function listRequests(
  actor: Actor,
  state: RequestListState,
): Promise<Result<KeysetPage<RequestRow>, RequestListRefusal>> {
  assertPermission(actor, "requests:read");
  const timeout = LIST_TIMEOUTS[requestList.isSearchOnly(state) ? "search" : "combination"];
  const rows = await withStatementTimeout(timeout, (tx) =>
    tx.$queryRaw<SelectedRow[]>(requestPageQuery(actor.organization.id, state)),
  );
  if (!rows) return refused(state.search ? "search-too-slow" : "list-too-slow");
  if (isPageExhausted(rows, state)) return listRequests(actor, { ...state, cursor: null });
  return done(toPage(rows.map(toRow), state, CURSOR_KEYS[state.sort.column]));
}

/** Returns up to `limit` rows from the cursor of `state` on; `next` is null at the end of the list. */
export async function readRequests(
  tx: Tx,
  actor: Actor,
  state: RequestListState,
  limit: number,
): Promise<{ rows: RequestRow[]; next: Cursor | null }> {
  assertPermission(actor, "requests:read");
  const rows = (await tx.$queryRaw<SelectedRow[]>(requestPageQuery(actor.organization.id, state, limit))).map(
    toRow,
  );
  return { rows, next: nextCursor(rows, limit, CURSOR_KEYS[state.sort.column]) };
}

/** Builds the query for a page, in reading order. The default limit is one more than a page shows. */
export function requestPageQuery(
  organizationId: string,
  state: RequestListState,
  limit = PAGE_SIZE + 1,
): Prisma.Sql {
  const order = Prisma.sql`ORDER BY ${pageOrder(REQUEST_SORT_KEYS[state.sort.column], state)} LIMIT ${limit}`;
  const page = state.search
    ? requestSearchQuery(organizationId, state, limit)
    : Prisma.sql`
        SELECT r.* FROM invitation_request r
        WHERE ${whereRequestFilters(organizationId, state.filters)} AND ${whereRequestPage(state)} ${order}`;
  return rowsQuery(page, order);
}

/** Extracts the sort keys of a row for a cursor. */
const CURSOR_KEYS: Record<RequestSortColumn, (row: RequestRow) => Cursor["keys"]> = {
  email: (row) => [row.email],
  requested: (row) => [row.requestedAt.toISOString()],
};

/** Returns these requests as rows, so that the client can show them after answering. */
export async function findRequests(actor: Actor, ids: readonly string[]): Promise<RequestRow[]> {
  assertPermission(actor, "requests:read");
  const requests = Prisma.sql`
    SELECT r.* FROM invitation_request r
    WHERE r.organization_id = ${actor.organization.id}::uuid AND r.id = ANY(${[...ids]}::uuid[])
      AND r.status IN ('pending', 'approved', 'dismissed')`;
  const rows = await db().$queryRaw<SelectedRow[]>(
    rowsQuery(requests, Prisma.sql`ORDER BY r.created_at DESC, r.id DESC`),
  );
  return rows.map(toRow);
}

/**
 * Returns those of the given requests that the list query matches on any page, newest first, up to `limit`.
 */
export async function findListedRequests(
  actor: Actor,
  state: RequestListState,
  ids: readonly string[],
  limit: number,
): Promise<RequestRow[]> {
  assertPermission(actor, "requests:read");
  const firstPage = { ...state, cursor: null };
  const order = Prisma.sql`ORDER BY r.created_at DESC, r.id DESC LIMIT ${limit}`;
  // MATERIALIZED selects the given rows first; otherwise the planner may scan an index of the list.
  const listed = Prisma.sql`
    WITH candidates AS MATERIALIZED (SELECT r.* FROM invitation_request r WHERE r.id = ANY(${[...ids]}::uuid[]))
    SELECT r.* FROM candidates r
    WHERE ${whereRequestFilters(actor.organization.id, firstPage.filters)} AND ${whereRequestPage(firstPage)}
      AND ${firstPage.search ? matchesRequestSearch(firstPage) : Prisma.sql`true`} ${order}`;
  return (await db().$queryRaw<SelectedRow[]>(rowsQuery(listed, order))).map(toRow);
}

type SelectedRow = Omit<RequestRow, "status" | "proposed"> & {
  status: "pending" | "approved" | "dismissed";
  stale: boolean;
  invitationId: string | null;
  role: Role;
  policies: string[];
};

/** Selects the list's columns from requests; all of them are on the request's own row. */
function rowsQuery(source: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, r.email, r.name, r.message, r.status, r.stale, r.invitation_id AS "invitationId",
           r.proposed_role AS role, r.proposed_policies AS policies, r.created_at AS "requestedAt",
           statement_timestamp() AS now
    FROM (${source}) r ${order}`;
}

function toRow({ status, stale, invitationId, role, policies, ...row }: SelectedRow): RequestRow {
  return {
    ...row,
    status: requestStatusOf({ status, stale }),
    proposed: invitationId ? { role, policies } : null,
  };
}
