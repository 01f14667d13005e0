import { z } from "zod";
import type { ActivityType, TimelineEntry } from "@/lib/activity/activity-types";
import type { ActivityCursor, ActivityListState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { withStatementTimeout } from "@/lib/db/statement-timeout";
import { parseAddress } from "@/lib/email-address/email-address";
import { startOfDay } from "@/lib/i18n/format";
import { done, type Result, refused } from "@/lib/result/result";

/** SQL: the current names of the policies in an entry's data, which contains only ids (REQ-G4). */
const POLICY_NAMES = Prisma.sql`(
  SELECT coalesce(jsonb_object_agg(named.id, named.name), '{}') FROM (
    SELECT organization_id, id, name FROM policy UNION ALL SELECT organization_id, id, name FROM deleted_policy) named
  WHERE named.organization_id = a.organization_id AND named.id = ANY(string_to_array(concat_ws(',',
    a.data->>'policy', a.data->>'given', a.data->>'taken', a.data->>'withheld'), ',')::uuid[]))`;

/** SQL: the names of the people in an entry, and the tables that they are in. */
const PEOPLE_NAMES = Prisma.sql`
  CASE WHEN a.member_id IS NOT NULL THEN coalesce(nullif(m.name, ''), m.email, '') END AS "personName",
  CASE WHEN a.actor_id IS NOT NULL THEN coalesce(nullif(by.name, ''), by.email, '') END AS "actorName",
  coalesce(nullif(inviter.name, ''), inviter.email) AS "inviterName"`;
const PEOPLE = Prisma.sql`
  LEFT JOIN member m ON m.organization_id = a.organization_id AND m.id = a.member_id
  LEFT JOIN member by ON by.organization_id = a.organization_id AND by.id = a.actor_id
  LEFT JOIN invitation i ON i.organization_id = a.organization_id AND i.id = a.invitation_id
  LEFT JOIN member inviter ON inviter.organization_id = a.organization_id AND inviter.id = i.inviter_id`;

/**
 * Returns the latest 100 entries of a member's timeline, newest first (REQ-C11); null for a member of another
 * organization. Needs the permission to read users or invitations.
 */
export async function findTimeline(actor: Actor, memberId: string): Promise<TimelineEntry[] | null> {
  if (!actor.permissions.has("invitations:read")) assertPermission(actor, "users:read");
  const member = { organizationId: actor.organization.id, id: memberId };
  if (!(await db().member.findFirst({ where: member, select: { id: true } }))) return null;
  return db().$queryRaw<TimelineEntry[]>`
    SELECT a.id::text, a.type, a.at, a.data, clock_timestamp() AS now,
           CASE WHEN a.type = 'declined' THEN i.decline_reason END AS "declineReason",
           ${PEOPLE_NAMES}, ${POLICY_NAMES} AS "policyNames"
    FROM activity a ${PEOPLE}
    WHERE a.organization_id = ${actor.organization.id}::uuid AND a.member_id = ${memberId}::uuid
    ORDER BY a.at DESC, a.id DESC LIMIT 100`;
}

/** A member in an entry, which contains only the id. An erased member has an empty name and no address. */
export type ActivityPerson = { id: string; name: string; email: string | null };

/** A row of Activity. */
export type ActivityRow = TimelineEntry & {
  /** The member concerned; null for the organization as a whole. */
  person: ActivityPerson | null;
  /** Null for the system. */
  actor: ActivityPerson | null;
};

/** A page with the cursors of its neighbors. */
export type ActivityPage = {
  rows: ActivityRow[];
  previous: ActivityCursor | null;
  next: ActivityCursor | null;
};

const PAGE_SIZE = 50;

/** In milliseconds. Every single filter has an index; combinations that match few entries can be slow. */
const LIST_TIMEOUT = 1_000;

/** Returns one page of the organization's log, filtered, newest first (REQ-G4). */
export async function listActivity(
  actor: Actor,
  state: ActivityListState,
): Promise<Result<ActivityPage, ActivityRefusal>> {
  assertPermission(actor, "audit:read");
  const filter = await resolveActivityFilter(actor, state);
  if (!filter) return refused("unknown-person");
  const position = await findPosition(filter, state.cursor);
  const rows = await withStatementTimeout(LIST_TIMEOUT, (tx) =>
    tx.$queryRaw<ActivityRow[]>(activityPageQuery(filter, position, PAGE_SIZE + 1)),
  );
  if (!rows) return refused("too-slow");
  const backwards = position?.side === "before";
  // Fewer rows than a full page before the cursor, or none after it: show the first page instead.
  if (position && rows.length < (backwards ? PAGE_SIZE + 1 : 1))
    return listActivity(actor, { ...state, cursor: null });
  const shown = rows.slice(0, PAGE_SIZE);
  if (backwards) shown.reverse();
  const cursorAt = (side: ActivityCursor["side"], row: ActivityRow | undefined) =>
    row ? { side, id: row.id } : null;
  return done({
    rows: shown,
    previous: position ? cursorAt("before", shown[0]) : null,
    next: backwards || rows.length > PAGE_SIZE ? cursorAt("after", shown.at(-1)) : null,
  });
}

/** The filters of the log, with ids instead of addresses. */
export type ActivityFilter = {
  organizationId: string;
  type: ActivityType | undefined;
  actorId: string | null;
  memberId: string | null;
  /** From this instant on, and before that one. */
  from: Date | undefined;
  to: Date | undefined;
};

/**
 * Replaces addresses in the filters by member ids, and days of the time zone by instants; null if an address was never a member of the organization.
 */
export async function resolveActivityFilter(
  actor: Actor,
  state: ActivityListState,
): Promise<ActivityFilter | null> {
  const { type, by, person, from, to, timeZone } = state;
  const [actorId, memberId] = await Promise.all([findMember(actor, by), findMember(actor, person)]);
  if ((by && !actorId) || (person && !memberId)) return null;
  return {
    organizationId: actor.organization.id,
    type,
    actorId,
    memberId,
    from: from ? startOfDay(from, timeZone) : undefined,
    to: to ? startOfDay(dayAfter(to), timeZone) : undefined,
  };
}

/** Returns the day after "2026-11-20". */
function dayAfter(day: string): string {
  return new Date(Date.parse(day) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

async function findMember(actor: Actor, typed: string): Promise<string | null> {
  // Entries of an erased member can only be found by id.
  if (!typed || z.uuid().safeParse(typed).success) return typed || null;
  const parsed = parseAddress(typed);
  if (!("address" in parsed)) return null;
  const found = await db().member.findUnique({
    where: { organizationId_email: { organizationId: actor.organization.id, email: parsed.address } },
    select: { id: true },
  });
  return found?.id ?? null;
}

/** The entry that a page starts after or ends before; entries are sorted by time, then id. */
type EntryPosition = { side: ActivityCursor["side"]; at: Date; id: string };

/**
 * Returns the position of a cursor; null (the first page) if its entry belongs to another organization or is
 * outside the filtered days.
 */
async function findPosition(
  { organizationId, from, to }: ActivityFilter,
  cursor: ActivityCursor | null,
): Promise<EntryPosition | null> {
  if (!cursor) return null;
  const at = { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) };
  const entry = await db().activity.findFirst({
    where: { id: BigInt(cursor.id), organizationId, at },
    select: { at: true },
  });
  return entry && { ...cursor, at: entry.at };
}

/**
 * Returns the query of up to `limit` entries from a position, newest first; reversed when paging backwards.
 */
export function activityPageQuery(
  filter: ActivityFilter,
  position: EntryPosition | null,
  limit: number,
): Prisma.Sql {
  const direction = position?.side === "before" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = Prisma.sql`ORDER BY a.at ${direction}, a.id ${direction} LIMIT ${limit}`;
  return Prisma.sql`
    SELECT a.id::text, a.type, a.at, a.data, clock_timestamp() AS now, ${PEOPLE_NAMES}, ${POLICY_NAMES} AS "policyNames",
           CASE WHEN a.type = 'declined' THEN i.decline_reason END AS "declineReason",
           CASE WHEN a.member_id IS NOT NULL THEN
             jsonb_build_object('id', a.member_id, 'name', coalesce(m.name, ''), 'email', m.email) END AS person,
           CASE WHEN a.actor_id IS NOT NULL THEN
             jsonb_build_object('id', a.actor_id, 'name', coalesce(by.name, ''), 'email', by.email) END AS actor
    FROM (SELECT a.* FROM activity a WHERE ${whereActivity(filter, position)} ${order}) a ${PEOPLE}
    ${order}`;
}

function whereActivity(filter: ActivityFilter, position: EntryPosition | null): Prisma.Sql {
  const { organizationId, type, actorId, memberId, from, to } = filter;
  const all = [Prisma.sql`a.organization_id = ${organizationId}::uuid`];
  if (type) all.push(Prisma.sql`a.type = ${type}`);
  if (actorId) all.push(Prisma.sql`a.actor_id = ${actorId}::uuid`);
  if (memberId) all.push(Prisma.sql`a.member_id = ${memberId}::uuid`);
  // The position is within the filtered days, so the day bound on its side is redundant, and with two bounds
  // PostgreSQL might start its index scan at the farther one (decision 0016).
  if (from && position?.side !== "before") all.push(Prisma.sql`a.at >= ${from.toISOString()}::timestamptz`);
  if (to && position?.side !== "after") all.push(Prisma.sql`a.at < ${to.toISOString()}::timestamptz`);
  if (position) {
    const beyond = position.side === "before" ? Prisma.sql`>` : Prisma.sql`<`;
    all.push(
      Prisma.sql`(a.at, a.id) ${beyond} (${position.at.toISOString()}::timestamptz, ${position.id}::bigint)`,
    );
  }
  return Prisma.join(all, " AND ");
}

/** Newest entries read per type of activity. */
const MAX_ENTRIES_PER_TYPE = 200;

/** The ids of the rows that activity concerns. */
export type AffectedIds = { members: string[]; invitations: string[]; requests: string[] };

/** Returns the ids that activity of these types concerns since a time; reads a few index entries per type. */
export async function findAffectedIds(
  actor: Actor,
  types: readonly ActivityType[],
  since: Date,
): Promise<AffectedIds> {
  if (types.length === 0) return { members: [], invitations: [], requests: [] };
  const entries = types.map(
    (type) => Prisma.sql`
      (SELECT member_id, invitation_id, data->>'request' AS request FROM activity
       WHERE organization_id = ${actor.organization.id}::uuid AND type = ${type} AND at > ${since}
       ORDER BY at DESC, id DESC LIMIT ${MAX_ENTRIES_PER_TYPE})`,
  );
  const [row] = await db().$queryRaw<AffectedIds[]>`
    SELECT coalesce(array_agg(DISTINCT member_id::text) FILTER (WHERE member_id IS NOT NULL), '{}') AS members,
           coalesce(array_agg(DISTINCT invitation_id::text) FILTER (WHERE invitation_id IS NOT NULL), '{}')
             AS invitations,
           coalesce(array_agg(DISTINCT request) FILTER (WHERE request IS NOT NULL), '{}') AS requests
    FROM (${Prisma.join(entries, " UNION ALL ")}) entry`;
  return row ?? { members: [], invitations: [], requests: [] };
}
