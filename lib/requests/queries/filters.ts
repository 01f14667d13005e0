import { Prisma } from "@/lib/db/generated/client";
import { afterCursor, type SortKey, type SortKeys } from "@/lib/db/keyset";
import type { RequestListState, RequestSortColumn } from "@/lib/requests/list";

const ID: SortKey = { column: Prisma.sql`r.id`, type: Prisma.sql`uuid` };

/** The columns compared by each sort order; each list has its index (decision 0016). */
export const REQUEST_SORT_KEYS: Record<RequestSortColumn, SortKeys> = {
  email: [{ column: Prisma.sql`r.email`, type: Prisma.sql`text` }, ID],
  requested: [{ column: Prisma.sql`r.created_at`, type: Prisma.sql`timestamptz` }, ID],
};

/**
 * Builds the condition for the list's filters; it matches the partial indexes and excludes unconfirmed
 * requests (REQ-E2).
 */
export function whereRequestFilters(
  organizationId: string,
  { status }: RequestListState["filters"],
): Prisma.Sql {
  const conditions: Record<typeof status, Prisma.Sql> = {
    open: Prisma.sql`r.status = 'pending'`,
    pending: Prisma.sql`r.status = 'pending' AND r.stale = false`,
    stale: Prisma.sql`r.status = 'pending' AND r.stale = true`,
    approved: Prisma.sql`r.status = 'approved' AND r.status IN ('approved', 'dismissed')`,
    dismissed: Prisma.sql`r.status = 'dismissed' AND r.status IN ('approved', 'dismissed')`,
    all: Prisma.sql`r.status IN ('pending', 'approved', 'dismissed')`,
  };
  return Prisma.sql`r.organization_id = ${organizationId}::uuid AND ${conditions[status]}`;
}

/** Builds the condition that a row comes after (or before) the cursor. */
export function whereRequestPage(state: RequestListState): Prisma.Sql {
  return afterCursor(REQUEST_SORT_KEYS[state.sort.column], state);
}
