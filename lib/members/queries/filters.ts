import { Prisma } from "@/lib/db/generated/client";
import { afterCursor, type SortKey, type SortKeys, STATEMENT_TIME, timestampBound } from "@/lib/db/keyset";
import type { UserColumn, UserListState } from "@/lib/members/list";
import { ROLES } from "@/lib/permissions/roles";

const ID: SortKey = { column: Prisma.sql`m.id`, type: Prisma.sql`uuid` };
const NAME: SortKey = { column: Prisma.sql`m.sort_name`, type: Prisma.sql`text` };
const SORT_AT: SortKey = { column: Prisma.sql`m.sort_at`, type: Prisma.sql`timestamptz` };

/** The columns that each sort compares; each sort has an index (decision 0018). */
export const USER_SORT_KEYS: Record<UserColumn, SortKeys> = {
  name: [NAME, ID],
  role: [{ column: Prisma.sql`m.role_rank`, type: Prisma.sql`smallint` }, NAME, ID],
  status: [SORT_AT, NAME, ID],
  active: [{ column: Prisma.sql`m.last_active_at`, type: Prisma.sql`timestamptz` }, NAME, ID],
};

/** Returns the condition that selects the partial indexes: the removed users, or all others. */
export function whereUserFilters(organizationId: string, { status }: UserListState["filters"]): Prisma.Sql {
  const kind = status === "removed" ? Prisma.sql`m.status = 'removed'` : Prisma.sql`m.status <> 'removed'`;
  return Prisma.sql`m.organization_id = ${organizationId}::uuid AND ${kind}`;
}

/**
 * Returns the conditions of a page without the search: the filters, and the rows after or before the cursor.
 */
export function whereUserPage(state: UserListState): Prisma.Sql {
  const { status, role, policies, ...others } = state.filters;
  // A new filter needs its condition here.
  others satisfies Record<string, never>;
  const conditions = [afterCursor(USER_SORT_KEYS[state.sort.column], state)];
  if (status !== "present" && status !== "removed") conditions.push(whereStatus(status, state));
  if (role) conditions.push(Prisma.sql`m.role_rank = ${ROLES.indexOf(role) + 1}::smallint`);
  // Owners and Admins need none (REQ-B8). Must match the condition of the partial index.
  if (policies === "none") conditions.push(Prisma.sql`m.role_rank = 3 AND m.policy_ids = '{}'`);
  return Prisma.join(conditions, " AND ");
}

/**
 * The values of `sort_at` that the migration sets for active and blocked members, and a bound before any
 * expiry.
 */
const ACTIVE = Prisma.sql`to_timestamp(0)`;
const BLOCKED = Prisma.sql`to_timestamp(1)`;
const BEFORE_ANY_EXPIRY = Prisma.sql`to_timestamp(2)`;

/** Returns a status as a range of `sort_at`, so that one index serves all statuses. */
function whereStatus(status: "active" | "blocked" | "invited" | "expired", state: UserListState): Prisma.Sql {
  const { column } = SORT_AT;
  const position = { ...state, isSortColumn: state.sort.column === "status" };
  if (status === "active") return Prisma.sql`${column} = ${ACTIVE}`;
  if (status === "blocked") return Prisma.sql`${column} = ${BLOCKED}`;
  if (status === "invited") return timestampBound(column, "after", STATEMENT_TIME, position);
  const lower = timestampBound(column, "after", BEFORE_ANY_EXPIRY, position);
  return Prisma.sql`${lower} AND ${timestampBound(column, "until", STATEMENT_TIME, position)}`;
}
