import { Prisma } from "@/lib/db/generated/client";
import { bound, inPlace, type Key, type Keys, NOW } from "@/lib/db/keyset";
import type { UserColumn, UserListState } from "@/lib/members/list";
import { ROLES } from "@/lib/permissions/roles";

const ID: Key = { column: Prisma.sql`m.id`, type: Prisma.sql`uuid` };
const NAME: Key = { column: Prisma.sql`m.sort_name`, type: Prisma.sql`text` };
const STANDING: Key = { column: Prisma.sql`m.sort_at`, type: Prisma.sql`timestamptz` };

/** What each order compares; each has its index (decision 0018). */
export const KEYS: Record<UserColumn, Keys> = {
  name: [NAME, ID],
  role: [{ column: Prisma.sql`m.role_rank`, type: Prisma.sql`smallint` }, NAME, ID],
  status: [STANDING, NAME, ID],
  active: [{ column: Prisma.sql`m.last_active_at`, type: Prisma.sql`timestamptz` }, NAME, ID],
};

/** Those with a place, or those without: which indexes can be walked at all. */
export function ofKind(organizationId: string, { status }: UserListState["filters"]): Prisma.Sql {
  const kind = status === "removed" ? Prisma.sql`m.status = 'removed'` : Prisma.sql`m.status <> 'removed'`;
  return Prisma.sql`m.organization_id = ${organizationId}::uuid AND ${kind}`;
}

/** What a row must fulfil to be on the page, the search aside: the filters, and its place after or before the cursor. */
export function onPage(state: UserListState): Prisma.Sql {
  const { status, role, policies } = state.filters;
  const conditions = [inPlace(KEYS[state.sort.column], state)];
  if (status !== "present" && status !== "removed") conditions.push(standsAs(status, state));
  if (role) conditions.push(Prisma.sql`m.role_rank = ${ROLES.indexOf(role) + 1}::smallint`);
  // Owners and Admins need none (REQ-B8). In the words of the index.
  if (policies === "none") conditions.push(Prisma.sql`m.role_rank = 3 AND m.policy_ids = '{}'`);
  return Prisma.join(conditions, " AND ");
}

/** The moments of active and blocked ones, and the last one before any expiry, as the migration makes them. */
const ACTIVE = Prisma.sql`to_timestamp(0)`;
const BLOCKED = Prisma.sql`to_timestamp(1)`;
const BEFORE_ALL = Prisma.sql`to_timestamp(2)`;

/** A status as a range of the order of statuses, so that one index serves them all. */
function standsAs(status: "active" | "blocked" | "invited" | "expired", state: UserListState): Prisma.Sql {
  const { column } = STANDING;
  const place = { ...state, isSorted: state.sort.column === "status" };
  if (status === "active") return Prisma.sql`${column} = ${ACTIVE}`;
  if (status === "blocked") return Prisma.sql`${column} = ${BLOCKED}`;
  if (status === "invited") return bound(column, "after", NOW, place);
  return Prisma.sql`${bound(column, "after", BEFORE_ALL, place)} AND ${bound(column, "until", NOW, place)}`;
}
