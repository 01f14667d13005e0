import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { isPageExhausted, type KeysetPage, nextCursor, PAGE_SIZE, pageOrder, toPage } from "@/lib/db/keyset";
import { LIST_TIMEOUTS, withStatementTimeout } from "@/lib/db/statement-timeout";
import { invitationStatusOf } from "@/lib/invitations/status";
import type { Cursor } from "@/lib/lists/list-state";
import type { EmailSuppression } from "@/lib/mail/bounces";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import { type UserColumn, type UserListState, userList } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { USER_SORT_KEYS, whereUserFilters, whereUserPage } from "@/lib/members/queries/filters";
import { matchesUserSearch, userSearchQuery } from "@/lib/members/queries/search";
import type { UserStatus } from "@/lib/members/status";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

/** A row of Users. */
export type UserRow = {
  id: string;
  name: string;
  email: string;
  role: Role;
  policies: string[];
  status: UserStatus;
  /** False if the user joined without proof of the mailbox (REQ-D9). */
  addressConfirmed: boolean;
  /** Why emails to this address are paused; null if they are not. */
  emailSuppression: EmailSuppression | null;
  /** Null if never. */
  lastActiveAt: Date | null;
  /** The open invitation of an invited or expired user, for its menu. */
  invitation: {
    id: string;
    expiresAt: Date;
    expiryDays: number;
    resendCount: number;
    resendLimit: number;
    delivery: DeliveryStatus;
    deliveryDetail: string | null;
  } | null;
  /** The database's clock when the row was read. */
  now: Date;
};

/**
 * Returns one page of the organization's users, filtered, searched and sorted (REQ-F1, REQ-C9). Refuses
 * queries that are too slow in a large organization: search terms without three consecutive characters, and
 * combinations of filters that match hardly any user.
 */
export async function listUsers(
  actor: Actor,
  state: UserListState,
): Promise<Result<KeysetPage<UserRow>, UserListRefusal>> {
  assertPermission(actor, "users:read");
  const timeout = LIST_TIMEOUTS[userList.isSearchOnly(state) ? "search" : "combination"];
  const query = userPageQuery(actor.organization.id, state);
  const read = await withStatementTimeout(timeout, (tx) => selectRows(tx, actor, query));
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  if (isPageExhausted(read.selected, state)) return listUsers(actor, { ...state, cursor: null });
  const { rows, previous, next } = toPage(read.selected, state, CURSOR_KEYS[state.sort.column]);
  return done({ rows: rows.map((row) => toRow(row, read.names)), previous, next });
}

/**
 * Returns up to `limit` users after the cursor of `state`; `next` is null at the end of the list (REQ-C9).
 */
export async function readUsers(
  tx: Tx,
  actor: Actor,
  state: UserListState,
  limit: number,
): Promise<{ rows: UserRow[]; next: Cursor | null }> {
  assertPermission(actor, "users:read");
  const { selected, names } = await selectRows(tx, actor, userPageQuery(actor.organization.id, state, limit));
  const next = nextCursor(selected, limit, CURSOR_KEYS[state.sort.column]);
  return { rows: selected.map((row) => toRow(row, names)), next };
}

/**
 * Returns the query of a page, by default with one row more than is shown; reversed when paging backwards.
 */
export function userPageQuery(
  organizationId: string,
  state: UserListState,
  limit = PAGE_SIZE + 1,
): Prisma.Sql {
  const order = Prisma.sql`ORDER BY ${pageOrder(USER_SORT_KEYS[state.sort.column], state)} LIMIT ${limit}`;
  const page = state.search
    ? userSearchQuery(organizationId, state, limit)
    : Prisma.sql`
        SELECT m.* FROM member m
        WHERE ${whereUserFilters(organizationId, state.filters)} AND ${whereUserPage(state)} ${order}`;
  return rowsQuery(organizationId, page, order);
}

/** The sort key values of a row that its cursor contains. */
const CURSOR_KEYS: Record<UserColumn, (row: SelectedUser) => Cursor["keys"]> = {
  name: (row) => [row.sortName],
  role: (row) => [row.roleRank, row.sortName],
  status: (row) => [row.sortAt.toISOString(), row.sortName],
  active: (row) => [row.activeAt.toISOString(), row.sortName],
};

/** Returns the rows of these members, by name. */
export async function findUsersByIds(actor: Actor, ids: readonly string[]): Promise<UserRow[]> {
  assertPermission(actor, "users:read");
  const selection = Prisma.sql`
    SELECT m.* FROM member m
    WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ANY(${[...ids]}::uuid[])`;
  const byName = rowsQuery(actor.organization.id, selection, Prisma.sql`ORDER BY m.sort_name, m.id`);
  const { selected, names } = await selectRows(db(), actor, byName);
  return selected.map((row) => toRow(row, names));
}

/**
 * Returns up to `limit` of these members that match the list's filters and search, on any page, in the list's
 * order.
 */
export async function findListedUsers(
  actor: Actor,
  state: UserListState,
  ids: readonly string[],
  limit: number,
): Promise<UserRow[]> {
  assertPermission(actor, "users:read");
  const { id } = actor.organization;
  const fromStart = { ...state, cursor: null };
  const order = Prisma.sql`ORDER BY ${pageOrder(USER_SORT_KEYS[fromStart.sort.column], fromStart)} LIMIT ${limit}`;
  // Materialized: otherwise PostgreSQL might scan a sort index of the list to find these few.
  const listed = Prisma.sql`
    WITH candidate AS MATERIALIZED (SELECT m.* FROM member m WHERE m.id = ANY(${[...ids]}::uuid[]))
    SELECT m.* FROM candidate m
    WHERE ${whereUserFilters(id, fromStart.filters)} AND ${whereUserPage(fromStart)}
      AND ${fromStart.search ? matchesUserSearch(fromStart) : Prisma.sql`true`} ${order}`;
  const { selected, names } = await selectRows(db(), actor, rowsQuery(id, listed, order));
  return selected.map((row) => toRow(row, names));
}

/**
 * A selected row. The member's row contains everything that a page shows, filters or sorts by, except the
 * names of policies, which are read separately because an organization has few.
 */
type SelectedUser = Pick<
  UserRow,
  "id" | "name" | "email" | "role" | "addressConfirmed" | "emailSuppression" | "now"
> & {
  memberStatus: "invited" | "active" | "blocked" | "removed";
  policyIds: string[];
  invitationId: string | null;
  invitedUntil: Date | null;
  expiryDays: number;
  resendCount: number;
  resendLimit: number;
  delivery: DeliveryStatus | null;
  deliveryDetail: string | null;
  activeAt: Date;
  sortName: string;
  roleRank: number;
  sortAt: Date;
};

/**
 * Returns the query of the rows of a selection of members; reads the organization's settings once, not per
 * row.
 */
function rowsQuery(organizationId: string, selection: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT m.id, m.name, m.email, m.role, m.status AS "memberStatus", m.address_confirmed AS "addressConfirmed",
           m.email_suppression AS "emailSuppression", m.policy_ids AS "policyIds",
           m.invitation_id AS "invitationId", m.invited_until AS "invitedUntil",
           (SELECT expiry_days FROM organization WHERE id = ${organizationId}::uuid) AS "expiryDays",
           (SELECT resend_limit FROM organization WHERE id = ${organizationId}::uuid) AS "resendLimit",
           m.resend_count AS "resendCount",
           m.delivery, m.delivery_detail AS "deliveryDetail", m.last_active_at AS "activeAt",
           m.sort_name AS "sortName", m.role_rank AS "roleRank", m.sort_at AS "sortAt",
           statement_timestamp() AS now
    FROM (${selection}) m ${order}`;
}

/** Reads the rows, and the names of all policies, by name, if a row has any. */
async function selectRows(tx: Pick<Tx, "$queryRaw">, actor: Actor, query: Prisma.Sql) {
  const selected = await tx.$queryRaw<SelectedUser[]>(query);
  const policies = selected.some(({ policyIds }) => policyIds.length > 0)
    ? await tx.$queryRaw<{ id: string; name: string }[]>`
        SELECT id, name FROM policy WHERE organization_id = ${actor.organization.id}::uuid ORDER BY name`
    : [];
  return { selected, names: new Map(policies.map(({ id, name }) => [id, name])) };
}

function toRow(selected: SelectedUser, names: ReadonlyMap<string, string>): UserRow {
  const { id, name, email, role, memberStatus, addressConfirmed, now, invitationId, invitedUntil } = selected;
  const { expiryDays, resendCount, resendLimit, emailSuppression } = selected;
  const row = {
    ...{ id, name, email, role, addressConfirmed, emailSuppression, now },
    policies: [...names].flatMap(([id, policyName]) => (selected.policyIds.includes(id) ? policyName : [])),
    lastActiveAt: selected.activeAt.getTime() === 0 ? null : selected.activeAt,
  };
  // All three are set for an invited member.
  const { delivery, deliveryDetail } = selected;
  if (memberStatus !== "invited" || !invitationId || !invitedUntil || !delivery)
    return { ...row, status: memberStatus as UserStatus, invitation: null };
  const isPending = invitationStatusOf({ settledAs: null, expiresAt: invitedUntil }, now) === "pending";
  return {
    ...row,
    status: isPending ? "invited" : "expired",
    invitation: {
      ...{ id: invitationId, expiresAt: invitedUntil, expiryDays, resendCount, resendLimit },
      ...{ delivery, deliveryDetail },
    },
  };
}
