import type { Actor } from "@/lib/auth/actor";
import { assertPermission } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isPageExhausted, type KeysetPage, nextCursor, PAGE_SIZE, pageOrder, toPage } from "@/lib/db/keyset";
import { LIST_TIMEOUTS, withStatementTimeout } from "@/lib/db/statement-timeout";
import { type InvitationColumn, type InvitationListState, invitationList } from "@/lib/invitations/list";
import type { InvitationListRefusal } from "@/lib/invitations/messages";
import {
  INVITATION_SORT_KEYS,
  whereInvitationFilters,
  whereInvitationPage,
} from "@/lib/invitations/queries/filters";
import { invitationSearchQuery, matchesInvitationSearch } from "@/lib/invitations/queries/search";
import type { InvitationStatus, Resolution } from "@/lib/invitations/status";
import { invitationStatusOf } from "@/lib/invitations/status";
import type { Cursor } from "@/lib/lists/list-state";
import type { EmailSuppression } from "@/lib/mail/bounces";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";
import { UNDO_MINUTES } from "@/lib/result/undo";

/** A row of the invitation list. It contains no code: Copy fetches it on demand (REQ-C5). */
export type InvitationRow = {
  id: string;
  memberId: string;
  email: string;
  /** The name that the inviter gave; empty if none (REQ-B10). */
  name: string;
  status: InvitationStatus;
  role: Role;
  resendCount: number;
  resendLimit: number;
  expiryDays: number;
  issuedAt: Date;
  expiresAt: Date;
  /** When the invitation was closed; `declineReason` is the invitee's reason for declining (REQ-D4). */
  settledAt: Date | null;
  declineReason: string | null;
  delivery: DeliveryStatus;
  deliveryDetail: string | null;
  /** Why emails to this address are paused; null if they are not. */
  emailSuppression: EmailSuppression | null;
  /** The end of the time to undo the revocation; null if the invitation is not revoked (REQ-C6). */
  undoUntil: Date | null;
  /** The database's clock when the row was read. The expiry ring and relative times are computed from it. */
  now: Date;
};

/**
 * Returns one page of each person's latest invitation, with search, filters and sort order applied (REQ-C9).
 * Refuses queries that take too long in a large organization, such as a rare combination of filters.
 */
export async function listInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Result<KeysetPage<InvitationRow>, InvitationListRefusal>> {
  assertPermission(actor, "invitations:read");
  const limit = LIST_TIMEOUTS[invitationList.isSearchOnly(state) ? "search" : "combination"];
  const selected = await withStatementTimeout(limit, (tx) =>
    tx.$queryRaw<SelectedRow[]>(invitationPageQuery(actor.organization.id, state)),
  );
  if (!selected) return refused(state.search ? "search-too-slow" : "list-too-slow");
  if (isPageExhausted(selected, state)) return listInvitations(actor, { ...state, cursor: null });
  return done(toPage(selected.map(toRow), state, CURSOR_KEYS[state.sort.column]));
}

/**
 * Returns up to `limit` rows with their inviters, starting at the cursor of `state`; `next` is null at the
 * end of the list (REQ-C9).
 */
export async function readInvitationPage(
  tx: Tx,
  actor: Actor,
  state: InvitationListState,
  limit: number,
): Promise<{ rows: (InvitationRow & Pick<SelectedRow, "inviterId">)[]; next: Cursor | null }> {
  assertPermission(actor, "invitations:read");
  const selected = await tx.$queryRaw<SelectedRow[]>(
    invitationPageQuery(actor.organization.id, state, limit),
  );
  const rows = selected.map((row) => ({ ...toRow(row), inviterId: row.inviterId }));
  return { rows, next: nextCursor(rows, limit, CURSOR_KEYS[state.sort.column]) };
}

/** Returns the query of a page, which by default selects one row more than the page shows. */
export function invitationPageQuery(
  organizationId: string,
  state: InvitationListState,
  limit = PAGE_SIZE + 1,
): Prisma.Sql {
  const order = Prisma.sql`ORDER BY ${pageOrder(INVITATION_SORT_KEYS[state.sort.column], state)} LIMIT ${limit}`;
  const page = state.search
    ? invitationSearchQuery(organizationId, state, limit)
    : Prisma.sql`
        SELECT i.* FROM invitation i
        WHERE ${whereInvitationFilters(organizationId, state.filters)} AND ${whereInvitationPage(state)} ${order}`;
  return rowsQuery(page, order);
}

/** The sort keys of a row that its cursor contains, by sort column. */
const CURSOR_KEYS: Record<InvitationColumn, (row: InvitationRow) => Cursor["keys"]> = {
  email: (row) => [row.email],
  status: (row) => [row.expiresAt.toISOString()],
  role: (row) => [row.role, row.expiresAt.toISOString()],
  resends: (row) => [row.resendCount, row.expiresAt.toISOString()],
  sent: (row) => [row.issuedAt.toISOString()],
};

/** Returns the rows of these invitations, which the client has just changed. */
export async function findInvitationsByIds(actor: Actor, ids: readonly string[]): Promise<InvitationRow[]> {
  assertPermission(actor, "invitations:read");
  const byIds = Prisma.sql`
    SELECT i.* FROM invitation i
    WHERE i.organization_id = ${actor.organization.id}::uuid AND i.id = ANY(${[...ids]}::uuid[])`;
  const rows = await db().$queryRaw<SelectedRow[]>(
    rowsQuery(byIds, Prisma.sql`ORDER BY i.issued_at DESC, i.id DESC`),
  );
  return rows.map(toRow);
}

/**
 * Returns those of these invitations that match the list state on any page, most recently sent first, at most
 * `limit`.
 */
export async function findListedInvitations(
  actor: Actor,
  state: InvitationListState,
  ids: readonly string[],
  limit: number,
): Promise<InvitationRow[]> {
  assertPermission(actor, "invitations:read");
  const firstPage = { ...state, cursor: null };
  const order = Prisma.sql`ORDER BY i.issued_at DESC, i.id DESC LIMIT ${limit}`;
  // Materialized so that the planner starts from these ids and not from an index of the list.
  const listed = Prisma.sql`
    WITH candidate AS MATERIALIZED (SELECT i.* FROM invitation i WHERE i.id = ANY(${[...ids]}::uuid[]))
    SELECT i.* FROM candidate i
    WHERE ${whereInvitationFilters(actor.organization.id, firstPage.filters)} AND ${whereInvitationPage(firstPage)}
      AND ${firstPage.search ? matchesInvitationSearch(firstPage) : Prisma.sql`true`} ${order}`;
  return (await db().$queryRaw<SelectedRow[]>(rowsQuery(listed, order))).map(toRow);
}

type SelectedRow = Omit<InvitationRow, "status"> & {
  settledAs: Resolution | null;
  inviterId: string | null;
};

/** Returns the query that selects list rows from a query of invitations. */
function rowsQuery(invitations: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.member_id AS "memberId", i.email, i.name, i.role, i.resend_count AS "resendCount",
           o.resend_limit AS "resendLimit", o.expiry_days AS "expiryDays", i.issued_at AS "issuedAt",
           i.expires_at AS "expiresAt", i.settled_as AS "settledAs", i.settled_at AS "settledAt",
           CASE WHEN i.settled_as = 'revoked' AND i.latest
             THEN least(i.settled_at + make_interval(mins => ${UNDO_MINUTES}::int), i.expires_at) END AS "undoUntil",
           i.decline_reason AS "declineReason", i.delivery, i.delivery_detail AS "deliveryDetail",
           i.inviter_id AS "inviterId", i.email_suppression AS "emailSuppression",
           statement_timestamp() AS now
    FROM (${invitations}) i JOIN organization o ON o.id = i.organization_id ${order}`;
}

function toRow({ settledAs, inviterId: _, ...row }: SelectedRow): InvitationRow {
  return { ...row, status: invitationStatusOf({ settledAs, expiresAt: row.expiresAt }, row.now) };
}
