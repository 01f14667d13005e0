import type { Actor } from "@/lib/auth/actor";
import { assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { withinTime } from "@/lib/db/within-time";
import type { InvitationColumn, InvitationListState } from "@/lib/invitations/list";
import type { ListRefusal } from "@/lib/invitations/messages";
import { ofKind, onPage, readingOrder } from "@/lib/invitations/queries/matching";
import { searchedPage } from "@/lib/invitations/queries/search";
import type { InvitationStatus, Settled } from "@/lib/invitations/status";
import { statusOf, UNDO_MINUTES } from "@/lib/invitations/status";
import type { Cursor } from "@/lib/kit/list-params";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import type { LetterState } from "@/lib/letters/states";
import type { Role } from "@/lib/members/roles";

/** A row of Invitations. It holds no code: Copy fetches it on demand (R C5). */
export type InvitationRow = {
  id: string;
  memberId: string;
  email: string;
  status: InvitationStatus;
  role: Role;
  resendCount: number;
  resendLimit: number;
  expiryDays: number;
  issuedAt: Date;
  expiresAt: Date;
  /** When and, if it was declined, why it ended (R D4). */
  settledAt: Date | null;
  declineReason: string | null;
  delivery: LetterState;
  deliveryDetail: string | null;
  /** Until when its revocation can be undone; null: it is not revoked (R C6). */
  undoUntil: Date | null;
  /** The database's clock when the row was read: ring and times are counted from it. */
  now: Date;
};

/** A page, with what the pages beside it begin or end with. */
export type InvitationPage = { rows: InvitationRow[]; previous: Cursor | null; next: Cursor | null };

const PAGE_SIZE = 50;

/** Milliseconds a search may take, and anything else. What is asked for most takes one or two. */
const LIMITS = { search: 100, list: 1_000 };

/**
 * Each person's latest invitation, filtered, searched, in order, one page (R C9). What would take too long in a large
 * organization is refused: search terms that are in nearly all addresses or nearly none, rare combinations of filters.
 */
export async function listInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Outcome<InvitationPage, ListRefusal>> {
  assertMay(actor, "invitations:read");
  const read = await withinTime(state.search ? LIMITS.search : LIMITS.list, (tx) =>
    tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state)),
  );
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const rows = read.map(toRow);
  // Rows go away and come to be: what is left of a first page is read anew, from its beginning.
  const isBeginning = rows.length < (state.cursor?.side === "before" ? PAGE_SIZE + 1 : 1);
  if (state.cursor && isBeginning) return listInvitations(actor, { ...state, cursor: null });
  return done(toPage(rows, state));
}

/** What a page is read with: one row more than it shows, in the order of reading. */
export function pageQuery(organizationId: string, state: InvitationListState): Prisma.Sql {
  const limit = PAGE_SIZE + 1;
  const order = Prisma.sql`ORDER BY ${readingOrder(state)} LIMIT ${limit}`;
  const page = state.search
    ? searchedPage(organizationId, state, limit)
    : Prisma.sql`
        SELECT i.* FROM invitation i
        WHERE ${ofKind(organizationId, state.filters)} AND ${onPage(state)} ${order}`;
  return rowsQuery(page, order);
}

function toPage(rows: InvitationRow[], { sort, cursor }: InvitationListState): InvitationPage {
  const isMore = rows.length > PAGE_SIZE;
  const shown = rows.slice(0, PAGE_SIZE);
  const backwards = cursor?.side === "before";
  if (backwards) shown.reverse();
  const at = (side: Cursor["side"], row: InvitationRow | undefined) =>
    row ? { side, keys: KEYS_OF[sort.column](row), id: row.id } : null;
  return {
    rows: shown,
    previous: cursor ? at("before", shown[0]) : null,
    next: backwards || isMore ? at("after", shown.at(-1)) : null,
  };
}

const KEYS_OF: Record<InvitationColumn, (row: InvitationRow) => Cursor["keys"]> = {
  email: (row) => [row.email],
  status: (row) => [row.expiresAt.toISOString()],
  role: (row) => [row.role, row.expiresAt.toISOString()],
  resends: (row) => [row.resendCount, row.expiresAt.toISOString()],
  sent: (row) => [row.issuedAt.toISOString()],
};

/** These invitations as rows, for the screen that has just changed them. */
export async function findInvitations(actor: Actor, ids: readonly string[]): Promise<InvitationRow[]> {
  assertMay(actor, "invitations:read");
  const these = Prisma.sql`
    SELECT i.* FROM invitation i
    WHERE i.organization_id = ${actor.organization.id}::uuid AND i.id = ANY(${[...ids]}::uuid[])`;
  const rows = await db().$queryRaw<Selected[]>(
    rowsQuery(these, Prisma.sql`ORDER BY i.issued_at DESC, i.id DESC`),
  );
  return rows.map(toRow);
}

type Selected = Omit<InvitationRow, "status"> & { settledAs: Settled | null };

/** Some invitations as rows of the list. */
function rowsQuery(some: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.member_id AS "memberId", i.email, i.role, i.resend_count AS "resendCount",
           o.resend_limit AS "resendLimit", o.expiry_days AS "expiryDays", i.issued_at AS "issuedAt",
           i.expires_at AS "expiresAt", i.settled_as AS "settledAs", i.settled_at AS "settledAt",
           CASE WHEN i.settled_as = 'revoked' AND i.latest
             THEN least(i.settled_at + make_interval(mins => ${UNDO_MINUTES}::int), i.expires_at) END AS "undoUntil",
           i.decline_reason AS "declineReason", i.delivery, i.delivery_detail AS "deliveryDetail",
           statement_timestamp() AS now
    FROM (${some}) i JOIN organization o ON o.id = i.organization_id ${order}`;
}

function toRow({ settledAs, ...row }: Selected): InvitationRow {
  return { ...row, status: statusOf({ settledAs, expiresAt: row.expiresAt }, row.now) };
}
