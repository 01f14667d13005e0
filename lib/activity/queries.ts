import { z } from "zod";
import type { ActivityType, TimelineEntry } from "@/lib/activity/activity-types";
import type { ActivityCursor, ActivityState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { withinTime } from "@/lib/db/statement-timeout";
import { parseAddress } from "@/lib/email-address/email-address";
import { done, type Result, refused } from "@/lib/result/result";

/** The names of the policies that an entry speaks of: those of now, not of then, because the log itself holds ids (REQ-G4). */
const POLICY_NAMES = Prisma.sql`(
  SELECT coalesce(jsonb_object_agg(named.id, named.name), '{}') FROM (
    SELECT organization_id, id, name FROM policy UNION ALL SELECT organization_id, id, name FROM deleted_policy) named
  WHERE named.organization_id = a.organization_id AND named.id = ANY(string_to_array(concat_ws(',',
    a.data->>'policy', a.data->>'given', a.data->>'taken', a.data->>'withheld'), ',')::uuid[]))`;

/**
 * The latest 100 lines of a person's timeline, newest first (REQ-C11), for whoever may read users or invitations; null for
 * another organization's member.
 */
export async function findTimeline(actor: Actor, memberId: string): Promise<TimelineEntry[] | null> {
  if (!actor.permissions.has("invitations:read")) assertMay(actor, "users:read");
  const member = { organizationId: actor.organization.id, id: memberId };
  if (!(await db().member.findFirst({ where: member, select: { id: true } }))) return null;
  return db().$queryRaw<TimelineEntry[]>`
    SELECT a.id::text, a.type, a.at, a.data, clock_timestamp() AS now,
           CASE WHEN a.type = 'declined' THEN i.decline_reason END AS "declineReason",
           nullif(by.name, '') AS "actorName",
           ${POLICY_NAMES} AS "policyNames"
    FROM activity a
    LEFT JOIN invitation i ON i.organization_id = a.organization_id AND i.id = a.invitation_id
    LEFT JOIN member by ON by.organization_id = a.organization_id AND by.id = a.actor_id AND by.id <> a.member_id
    WHERE a.organization_id = ${actor.organization.id}::uuid AND a.member_id = ${memberId}::uuid
    ORDER BY a.at DESC, a.id DESC LIMIT 100`;
}

/** Somebody an entry names. Name and address are joined at reading: of who was erased only the id is left. */
export type Named = { id: string; name: string; email: string | null };

/** A line of the log. */
export type ActivityRow = {
  id: string;
  type: ActivityType;
  at: Date;
  data: Record<string, string>;
  declineReason: string | null;
  policyNames: Record<string, string>;
  /** Whom it concerns; null: the organization as a whole. */
  person: Named | null;
  /** Who did it; null: Foyer itself. */
  actor: Named | null;
  now: Date;
};

/** A page, with what the pages beside it begin or end with. */
export type ActivityPage = {
  rows: ActivityRow[];
  previous: ActivityCursor | null;
  next: ActivityCursor | null;
};

const PAGE_SIZE = 50;

/** Milliseconds for a page. Each filter alone walks an index; combinations that fit hardly anything do not. */
const LIMIT = 1_000;

/** The organization's log, newest first, filtered, one page (REQ-G4). */
export async function listActivity(
  actor: Actor,
  state: ActivityState,
): Promise<Result<ActivityPage, ActivityRefusal>> {
  assertMay(actor, "audit:read");
  const matching = await findMatching(actor, state);
  if (!matching) return refused("nobody");
  const place = await findPlace(matching, state.cursor);
  const rows = await withinTime(LIMIT, (tx) =>
    tx.$queryRaw<ActivityRow[]>(entriesQuery(matching, place, PAGE_SIZE + 1)),
  );
  if (!rows) return refused("too-slow");
  const backwards = place?.side === "before";
  // What is left of a first page is read anew, from its beginning.
  if (place && rows.length < (backwards ? PAGE_SIZE + 1 : 1))
    return listActivity(actor, { ...state, cursor: null });
  const shown = rows.slice(0, PAGE_SIZE);
  if (backwards) shown.reverse();
  const at = (side: ActivityCursor["side"], row: ActivityRow | undefined) =>
    row ? { side, id: row.id } : null;
  return done({
    rows: shown,
    previous: place ? at("before", shown[0]) : null,
    next: backwards || rows.length > PAGE_SIZE ? at("after", shown.at(-1)) : null,
  });
}

/** What is asked for, with ids in the place of addresses. */
export type Matching = {
  organizationId: string;
  type: ActivityType | undefined;
  actorId: string | null;
  memberId: string | null;
  from: string | undefined;
  to: string | undefined;
};

/** Finds out who is meant. Null: nobody of this organization, now or ever. */
export async function findMatching(actor: Actor, state: ActivityState): Promise<Matching | null> {
  const { type, by, person, from, to } = state;
  const [actorId, memberId] = await Promise.all([findMember(actor, by), findMember(actor, person)]);
  if ((by && !actorId) || (person && !memberId)) return null;
  return { organizationId: actor.organization.id, type, actorId, memberId, from, to };
}

async function findMember(actor: Actor, typed: string): Promise<string | null> {
  // Of who was erased there is nothing but the id.
  if (!typed || z.uuid().safeParse(typed).success) return typed || null;
  const parsed = parseAddress(typed);
  if (!("address" in parsed)) return null;
  const found = await db().member.findUnique({
    where: { organizationId_email: { organizationId: actor.organization.id, email: parsed.address } },
    select: { id: true },
  });
  return found?.id ?? null;
}

/** Where a page begins or ends: the entry's own time goes before its id. */
type Place = { side: ActivityCursor["side"]; at: Date; id: string };

/** Null: at the beginning; an entry of another organization, or of days that are not asked for, counts as that. */
async function findPlace(
  { organizationId, from, to }: Matching,
  cursor: ActivityCursor | null,
): Promise<Place | null> {
  if (!cursor) return null;
  const at = { ...(from ? { gte: startOf(from) } : {}), ...(to ? { lt: endOf(to) } : {}) };
  const entry = await db().activity.findFirst({
    where: { id: BigInt(cursor.id), organizationId, at },
    select: { at: true },
  });
  return entry && { ...cursor, at: entry.at };
}

/** A day is one of UTC, whatever zone anybody is in; it ends where the next one begins. */
function startOf(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function endOf(day: string): Date {
  return new Date(startOf(day).getTime() + 24 * 60 * 60 * 1000);
}

/** So many entries from a place on, in the order of reading: towards the page before, it is the other way round. */
export function entriesQuery(matching: Matching, place: Place | null, limit: number): Prisma.Sql {
  const direction = place?.side === "before" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = Prisma.sql`ORDER BY a.at ${direction}, a.id ${direction} LIMIT ${limit}`;
  return Prisma.sql`
    SELECT a.id::text, a.type, a.at, a.data, clock_timestamp() AS now, ${POLICY_NAMES} AS "policyNames",
           CASE WHEN a.type = 'declined' THEN i.decline_reason END AS "declineReason",
           CASE WHEN a.member_id IS NOT NULL THEN
             jsonb_build_object('id', a.member_id, 'name', coalesce(m.name, ''), 'email', m.email) END AS person,
           CASE WHEN a.actor_id IS NOT NULL THEN
             jsonb_build_object('id', a.actor_id, 'name', coalesce(by.name, ''), 'email', by.email) END AS actor
    FROM (SELECT a.* FROM activity a WHERE ${conditions(matching, place)} ${order}) a
    LEFT JOIN member m ON m.organization_id = a.organization_id AND m.id = a.member_id
    LEFT JOIN member by ON by.organization_id = a.organization_id AND by.id = a.actor_id
    LEFT JOIN invitation i ON i.organization_id = a.organization_id AND i.id = a.invitation_id
    ${order}`;
}

function conditions(matching: Matching, place: Place | null): Prisma.Sql {
  const { organizationId, type, actorId, memberId, from, to } = matching;
  const all = [Prisma.sql`a.organization_id = ${organizationId}::uuid`];
  if (type) all.push(Prisma.sql`a.type = ${type}`);
  if (actorId) all.push(Prisma.sql`a.actor_id = ${actorId}::uuid`);
  if (memberId) all.push(Prisma.sql`a.member_id = ${memberId}::uuid`);
  // A place is within the days. The day beyond it on its own side says nothing more, and of two bounds on one side
  // PostgreSQL might begin at the farther one (decision 0016).
  if (from && place?.side !== "before")
    all.push(Prisma.sql`a.at >= ${startOf(from).toISOString()}::timestamptz`);
  if (to && place?.side !== "after") all.push(Prisma.sql`a.at < ${endOf(to).toISOString()}::timestamptz`);
  if (place) {
    const beyond = place.side === "before" ? Prisma.sql`>` : Prisma.sql`<`;
    all.push(
      Prisma.sql`(a.at, a.id) ${beyond} (${place.at.toISOString()}::timestamptz, ${place.id}::bigint)`,
    );
  }
  return Prisma.join(all, " AND ");
}

/** Of each happening so many are looked at: more than anybody reads one by one. */
const MOST_CONCERNED = 200;

/** Whom and what something happened to. */
export type Concerned = { members: string[]; invitations: string[]; requests: string[] };

/** Whom these happenings concern since a moment, those of late first; each is a few entries of an index. Ids alone. */
export async function findConcerned(
  actor: Actor,
  happenings: readonly ActivityType[],
  since: Date,
): Promise<Concerned> {
  if (happenings.length === 0) return { members: [], invitations: [], requests: [] };
  const entries = happenings.map(
    (type) => Prisma.sql`
      (SELECT member_id, invitation_id, data->>'request' AS request FROM activity
       WHERE organization_id = ${actor.organization.id}::uuid AND type = ${type} AND at > ${since}
       ORDER BY at DESC, id DESC LIMIT ${MOST_CONCERNED})`,
  );
  const [row] = await db().$queryRaw<Concerned[]>`
    SELECT coalesce(array_agg(DISTINCT member_id::text) FILTER (WHERE member_id IS NOT NULL), '{}') AS members,
           coalesce(array_agg(DISTINCT invitation_id::text) FILTER (WHERE invitation_id IS NOT NULL), '{}') AS invitations,
           coalesce(array_agg(DISTINCT request) FILTER (WHERE request IS NOT NULL), '{}') AS requests
    FROM (${Prisma.join(entries, " UNION ALL ")}) entry`;
  return row ?? { members: [], invitations: [], requests: [] };
}
