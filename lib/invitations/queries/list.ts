import type { Actor } from "@/lib/auth/actor";
import { assertMay } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { cursorAfter, isBeginning, type KeysetPage, PAGE_SIZE, readingOrder, toPage } from "@/lib/db/keyset";
import { LIST_LIMITS, withinTime } from "@/lib/db/statement-timeout";
import { type InvitationColumn, type InvitationListState, invitationList } from "@/lib/invitations/list";
import type { ListRefusal } from "@/lib/invitations/messages";
import { KEYS, ofKind, onPage } from "@/lib/invitations/queries/matching";
import { holdsTerm, searched } from "@/lib/invitations/queries/search";
import type { InvitationStatus, Settled } from "@/lib/invitations/status";
import { statusOf } from "@/lib/invitations/status";
import type { Cursor } from "@/lib/lists/list-state";
import type { Stop } from "@/lib/mail/bounces";
import type { LetterState } from "@/lib/mail/states";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";
import { UNDO_MINUTES } from "@/lib/result/undo";

/** A row of Invitations. It holds no code: Copy fetches it on demand (REQ-C5). */
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
  /** When and, if it was declined, why it ended (REQ-D4). */
  settledAt: Date | null;
  declineReason: string | null;
  delivery: LetterState;
  deliveryDetail: string | null;
  /** Why no letters are sent to this address any more; null: they are. */
  emailSuppression: Stop | null;
  /** Until when its revocation can be undone; null: it is not revoked (REQ-C6). */
  undoUntil: Date | null;
  /** The database's clock when the row was read: ring and times are counted from it. */
  now: Date;
};

/**
 * Each person's latest invitation, filtered, searched, in order, one page (REQ-C9). What would take too long in a large
 * organization is refused: terms without three letters in a row, combinations of filters that fit hardly anybody.
 */
export async function listInvitations(
  actor: Actor,
  state: InvitationListState,
): Promise<Result<KeysetPage<InvitationRow>, ListRefusal>> {
  assertMay(actor, "invitations:read");
  const limit = LIST_LIMITS[invitationList.isSearchAlone(state) ? "search" : "combination"];
  const read = await withinTime(limit, (tx) =>
    tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state)),
  );
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  if (isBeginning(read, state)) return listInvitations(actor, { ...state, cursor: null });
  return done(toPage(read.map(toRow), state, KEYS_OF[state.sort.column]));
}

/** A row with who invited, and so many of them from the place of `state` on; `next` is null where the list ends (REQ-C9). */
export async function readInvitations(
  tx: Tx,
  actor: Actor,
  state: InvitationListState,
  limit: number,
): Promise<{ rows: (InvitationRow & Pick<Selected, "inviterId">)[]; next: Cursor | null }> {
  assertMay(actor, "invitations:read");
  const read = await tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state, limit));
  const rows = read.map((row) => ({ ...toRow(row), inviterId: row.inviterId }));
  return { rows, next: cursorAfter(rows, limit, KEYS_OF[state.sort.column]) };
}

/** What a page is read with: one row more than it shows, in the order of reading. */
export function pageQuery(
  organizationId: string,
  state: InvitationListState,
  limit = PAGE_SIZE + 1,
): Prisma.Sql {
  const order = Prisma.sql`ORDER BY ${readingOrder(KEYS[state.sort.column], state)} LIMIT ${limit}`;
  const page = state.search
    ? searched(organizationId, state, limit)
    : Prisma.sql`
        SELECT i.* FROM invitation i
        WHERE ${ofKind(organizationId, state.filters)} AND ${onPage(state)} ${order}`;
  return rowsQuery(page, order);
}

/** What a cursor carries of the row it stands at. */
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

/** Of these invitations those that the list shows as it is asked for, on whichever page, the latest first; so many of them. */
export async function findListedInvitations(
  actor: Actor,
  state: InvitationListState,
  ids: readonly string[],
  limit: number,
): Promise<InvitationRow[]> {
  assertMay(actor, "invitations:read");
  const asked = { ...state, cursor: null };
  const order = Prisma.sql`ORDER BY i.issued_at DESC, i.id DESC LIMIT ${limit}`;
  // These few first: otherwise an order of the list might be walked to find them.
  const listed = Prisma.sql`
    WITH these AS MATERIALIZED (SELECT i.* FROM invitation i WHERE i.id = ANY(${[...ids]}::uuid[]))
    SELECT i.* FROM these i
    WHERE ${ofKind(actor.organization.id, asked.filters)} AND ${onPage(asked)}
      AND ${asked.search ? holdsTerm(asked) : Prisma.sql`true`} ${order}`;
  return (await db().$queryRaw<Selected[]>(rowsQuery(listed, order))).map(toRow);
}

type Selected = Omit<InvitationRow, "status"> & {
  settledAs: Settled | null;
  inviterId: string | null;
};

/** Some invitations as rows of the list. */
function rowsQuery(some: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.member_id AS "memberId", i.email, i.role, i.resend_count AS "resendCount",
           o.resend_limit AS "resendLimit", o.expiry_days AS "expiryDays", i.issued_at AS "issuedAt",
           i.expires_at AS "expiresAt", i.settled_as AS "settledAs", i.settled_at AS "settledAt",
           CASE WHEN i.settled_as = 'revoked' AND i.latest
             THEN least(i.settled_at + make_interval(mins => ${UNDO_MINUTES}::int), i.expires_at) END AS "undoUntil",
           i.decline_reason AS "declineReason", i.delivery, i.delivery_detail AS "deliveryDetail",
           i.inviter_id AS "inviterId", i.email_suppression AS "emailSuppression",
           statement_timestamp() AS now
    FROM (${some}) i JOIN organization o ON o.id = i.organization_id ${order}`;
}

function toRow({ settledAs, inviterId: _, ...row }: Selected): InvitationRow {
  return { ...row, status: statusOf({ settledAs, expiresAt: row.expiresAt }, row.now) };
}
