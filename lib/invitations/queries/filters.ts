import { Prisma } from "@/lib/db/generated/client";
import { afterCursor, type SortKey, type SortKeys, STATEMENT_TIME, timestampBound } from "@/lib/db/keyset";
import type { InvitationColumn, InvitationListState } from "@/lib/invitations/list";

const ID: SortKey = { column: Prisma.sql`i.id`, type: Prisma.sql`uuid` };
const EXPIRY: SortKey = { column: Prisma.sql`i.expires_at`, type: Prisma.sql`timestamptz` };

/** The sort keys of each column; every one has an index (decision 0016). */
export const INVITATION_SORT_KEYS: Record<InvitationColumn, SortKeys> = {
  email: [{ column: Prisma.sql`i.email`, type: Prisma.sql`text` }, ID],
  status: [EXPIRY, ID],
  role: [{ column: Prisma.sql`i.role`, type: Prisma.sql`text` }, EXPIRY, ID],
  resends: [{ column: Prisma.sql`i.resend_count`, type: Prisma.sql`smallint` }, EXPIRY, ID],
  sent: [{ column: Prisma.sql`i.issued_at`, type: Prisma.sql`timestamptz` }, ID],
};

/**
 * Returns the condition that selects open invitations, or each person's latest one, and so the indexes that
 * apply.
 */
export function whereInvitationFilters(
  organizationId: string,
  { status, inviter }: InvitationListState["filters"],
): Prisma.Sql {
  const isOpen = status === "open" || status === "pending" || status === "expired";
  // An open invitation is always the latest. The partial index by inviter still needs the condition to be
  // stated.
  const statusCondition = isOpen
    ? Prisma.sql`i.settled_as IS NULL ${inviter ? Prisma.sql`AND i.latest` : Prisma.empty}`
    : Prisma.sql`i.latest`;
  return Prisma.sql`i.organization_id = ${organizationId}::uuid AND ${statusCondition}`;
}

/**
 * Returns the condition for rows of the page, without the search: the filters and the position of the cursor.
 */
export function whereInvitationPage(state: InvitationListState): Prisma.Sql {
  const conditions = [afterCursor(INVITATION_SORT_KEYS[state.sort.column], state)];
  const { status, delivery, role, inviter, ...others } = state.filters;
  // A new filter needs its condition here.
  others satisfies Record<string, never>;
  // Pending and expired are ranges of the index by expiry (REQ-C1).
  const position = { ...state, isSortColumn: state.sort.column === "status" };
  if (status === "pending") conditions.push(timestampBound(EXPIRY.column, "after", STATEMENT_TIME, position));
  else if (status === "expired")
    conditions.push(timestampBound(EXPIRY.column, "until", STATEMENT_TIME, position));
  else if (status !== "open" && status !== "all") conditions.push(Prisma.sql`i.settled_as = ${status}`);
  if (delivery) conditions.push(Prisma.sql`i.delivery = ${delivery}`);
  if (role) conditions.push(Prisma.sql`i.role = ${role}`);
  if (inviter) conditions.push(Prisma.sql`i.inviter_id = ${inviter}::uuid`);
  return Prisma.join(conditions, " AND ");
}
