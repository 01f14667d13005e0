import { type Actor, assertMay } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { cursorAfter, isBeginning, type KeysetPage, PAGE_SIZE, readingOrder, toPage } from "@/lib/db/keyset";
import { LIST_LIMITS, withinTime } from "@/lib/db/statement-timeout";
import { statusOf } from "@/lib/invitations/status";
import type { Cursor } from "@/lib/lists/list-state";
import type { Stop } from "@/lib/mail/bounces";
import type { LetterState } from "@/lib/mail/states";
import { type UserColumn, type UserListState, userList } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { KEYS, ofKind, onPage } from "@/lib/members/queries/matching";
import { holdsTerm, searched } from "@/lib/members/queries/search";
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
  /** False once joined without a proof of the mailbox (REQ-D9). */
  addressConfirmed: boolean;
  /** Why no letters are sent to this address any more; null: they are. */
  emailSuppression: Stop | null;
  /** Null: never. */
  lastActiveAt: Date | null;
  /** The open invitation of an invited or expired user, for its menu. */
  invitation: {
    id: string;
    expiresAt: Date;
    expiryDays: number;
    resendCount: number;
    resendLimit: number;
    delivery: LetterState;
    deliveryDetail: string | null;
  } | null;
  /** The database's clock when the row was read. */
  now: Date;
};

/**
 * The users of an organization, filtered, searched, in order, one page (REQ-F1, REQ-C9). What would take too long in a large
 * organization is refused: terms without three letters in a row, combinations of filters that fit hardly anybody.
 */
export async function listUsers(
  actor: Actor,
  state: UserListState,
): Promise<Result<KeysetPage<UserRow>, UserListRefusal>> {
  assertMay(actor, "users:read");
  const limit = LIST_LIMITS[userList.isSearchAlone(state) ? "search" : "combination"];
  const read = await withinTime(limit, (tx) => select(tx, actor, pageQuery(actor.organization.id, state)));
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  if (isBeginning(read.selected, state)) return listUsers(actor, { ...state, cursor: null });
  const { rows, previous, next } = toPage(read.selected, state, KEYS_OF[state.sort.column]);
  return done({ rows: rows.map((row) => toRow(row, read.names)), previous, next });
}

/** So many users from the place of `state` on; `next` is null where the list ends (REQ-C9). */
export async function readUsers(
  tx: Tx,
  actor: Actor,
  state: UserListState,
  limit: number,
): Promise<{ rows: UserRow[]; next: Cursor | null }> {
  assertMay(actor, "users:read");
  const { selected, names } = await select(tx, actor, pageQuery(actor.organization.id, state, limit));
  const next = cursorAfter(selected, limit, KEYS_OF[state.sort.column]);
  return { rows: selected.map((row) => toRow(row, names)), next };
}

/** What a page is read with: one row more than it shows, in the order of reading. */
export function pageQuery(organizationId: string, state: UserListState, limit = PAGE_SIZE + 1): Prisma.Sql {
  const order = Prisma.sql`ORDER BY ${readingOrder(KEYS[state.sort.column], state)} LIMIT ${limit}`;
  const page = state.search
    ? searched(organizationId, state, limit)
    : Prisma.sql`
        SELECT m.* FROM member m
        WHERE ${ofKind(organizationId, state.filters)} AND ${onPage(state)} ${order}`;
  return rowsQuery(organizationId, page, order);
}

/** What a cursor carries of the row it stands at. */
const KEYS_OF: Record<UserColumn, (row: Selected) => Cursor["keys"]> = {
  name: (row) => [row.sortName],
  role: (row) => [row.roleRank, row.sortName],
  status: (row) => [row.sortAt.toISOString(), row.sortName],
  active: (row) => [row.activeAt.toISOString(), row.sortName],
};

/** These members as rows, by name, for the screen that has just changed them. */
export async function findUsers(actor: Actor, ids: readonly string[]): Promise<UserRow[]> {
  assertMay(actor, "users:read");
  const these = Prisma.sql`
    SELECT m.* FROM member m
    WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ANY(${[...ids]}::uuid[])`;
  const byName = rowsQuery(actor.organization.id, these, Prisma.sql`ORDER BY m.sort_name, m.id`);
  const { selected, names } = await select(db(), actor, byName);
  return selected.map((row) => toRow(row, names));
}

/** Of these members those that the list shows as it is asked for, on whichever page, in its order; so many of them. */
export async function findListedUsers(
  actor: Actor,
  state: UserListState,
  ids: readonly string[],
  limit: number,
): Promise<UserRow[]> {
  assertMay(actor, "users:read");
  const { id } = actor.organization;
  const asked = { ...state, cursor: null };
  const order = Prisma.sql`ORDER BY ${readingOrder(KEYS[asked.sort.column], asked)} LIMIT ${limit}`;
  // These few first: otherwise an order of the list might be walked to find them.
  const listed = Prisma.sql`
    WITH these AS MATERIALIZED (SELECT m.* FROM member m WHERE m.id = ANY(${[...ids]}::uuid[]))
    SELECT m.* FROM these m
    WHERE ${ofKind(id, asked.filters)} AND ${onPage(asked)}
      AND ${asked.search ? holdsTerm(asked) : Prisma.sql`true`} ${order}`;
  const { selected, names } = await select(db(), actor, rowsQuery(id, listed, order));
  return selected.map((row) => toRow(row, names));
}

/**
 * Everything that a page shows or is chosen by is on the member's own row. The names of policies are read apart: those of
 * an organization are few.
 */
type Selected = Pick<
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
  delivery: LetterState | null;
  deliveryDetail: string | null;
  activeAt: Date;
  sortName: string;
  roleRank: number;
  sortAt: Date;
};

/** Some members as rows of the list; the settings of their one organization are asked for once, not beside each. */
function rowsQuery(organizationId: string, some: Prisma.Sql, order: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT m.id, m.name, m.email, m.role, m.status AS "memberStatus", m.address_confirmed AS "addressConfirmed",
           m.email_suppression AS "emailSuppression", m.policy_ids AS "policyIds", m.invitation_id AS "invitationId", m.invited_until AS "invitedUntil",
           (SELECT expiry_days FROM organization WHERE id = ${organizationId}::uuid) AS "expiryDays",
           (SELECT resend_limit FROM organization WHERE id = ${organizationId}::uuid) AS "resendLimit",
           m.resend_count AS "resendCount",
           m.delivery, m.delivery_detail AS "deliveryDetail", m.last_active_at AS "activeAt", m.sort_name AS "sortName", m.role_rank AS "roleRank", m.sort_at AS "sortAt",
           statement_timestamp() AS now
    FROM (${some}) m ${order}`;
}

/** Reads rows, and the names of the policies, in their order, where anybody holds one. */
async function select(tx: Pick<Tx, "$queryRaw">, actor: Actor, query: Prisma.Sql) {
  const selected = await tx.$queryRaw<Selected[]>(query);
  const policies = selected.some(({ policyIds }) => policyIds.length > 0)
    ? await tx.$queryRaw<{ id: string; name: string }[]>`
        SELECT id, name FROM policy WHERE organization_id = ${actor.organization.id}::uuid ORDER BY name`
    : [];
  return { selected, names: new Map(policies.map(({ id, name }) => [id, name])) };
}

function toRow(selected: Selected, names: ReadonlyMap<string, string>): UserRow {
  const { id, name, email, role, memberStatus, addressConfirmed, now, invitationId, invitedUntil } = selected;
  const { expiryDays, resendCount, resendLimit, emailSuppression } = selected;
  const row = {
    ...{ id, name, email, role, addressConfirmed, emailSuppression, now },
    policies: [...names].flatMap(([policy, itsName]) => (selected.policyIds.includes(policy) ? itsName : [])),
    lastActiveAt: selected.activeAt.getTime() === 0 ? null : selected.activeAt,
  };
  // The database holds all three for somebody invited.
  const { delivery, deliveryDetail } = selected;
  if (memberStatus !== "invited" || !invitationId || !invitedUntil || !delivery)
    return { ...row, status: memberStatus as UserStatus, invitation: null };
  const isPending = statusOf({ settledAs: null, expiresAt: invitedUntil }, now) === "pending";
  return {
    ...row,
    status: isPending ? "invited" : "expired",
    invitation: {
      ...{ id: invitationId, expiresAt: invitedUntil, expiryDays, resendCount, resendLimit },
      ...{ delivery, deliveryDetail },
    },
  };
}
