import { z } from "zod";
import type { Happening, TimelineEntry } from "@/lib/activity/happenings";
import type { ActivityCursor, ActivityState } from "@/lib/activity/list";
import type { ActivityRefusal } from "@/lib/activity/messages";
import { type Actor, assertMay } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { withinTime } from "@/lib/db/within-time";
import { parseAddress } from "@/lib/invitations/addresses";
import { done, type Outcome, refused } from "@/lib/kit/outcome";

/** The names of the policies that an entry speaks of: those of now, not of then, because the log itself holds ids (R G4). */
const POLICY_NAMES = Prisma.sql`(
  SELECT coalesce(jsonb_object_agg(named.id, named.name), '{}') FROM (
    SELECT organization_id, id, name FROM policy UNION ALL SELECT organization_id, id, name FROM deleted_policy) named
  WHERE named.organization_id = a.organization_id AND named.id = ANY(string_to_array(concat_ws(',',
    a.data->>'policy', a.data->>'given', a.data->>'taken', a.data->>'withheld'), ',')::uuid[]))`;

/**
 * The latest 100 lines of a person's timeline, newest first (R C11), for whoever may read users or invitations; null for
 * another organization's member.
 */
export async function findTimeline(actor: Actor, memberId: string): Promise<TimelineEntry[] | null> {
  if (!actor.permissions.has("invitations:read")) assertMay(actor, "users:read");
  const member = { organizationId: actor.organization.id, id: memberId };
  if (!(await db().member.findFirst({ where: member, select: { id: true } }))) return null;
  return db().$queryRaw<TimelineEntry[]>`
    SELECT a.id::text, a.what, a.at, a.data, clock_timestamp() AS now,
           CASE WHEN a.what = 'declined' THEN i.decline_reason END AS "declineReason",
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
  what: Happening;
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

/** The organization's log, newest first, filtered, one page (R G4). */
export async function listActivity(
  actor: Actor,
  state: ActivityState,
): Promise<Outcome<ActivityPage, ActivityRefusal>> {
  assertMay(actor, "audit:read");
  const matching = await findMatching(actor, state);
  if (!matching) return refused("nobody");
  const rows = await withinTime(LIMIT, async (tx) =>
    tx.$queryRaw<ActivityRow[]>(
      entriesQuery(matching, await placeOf(tx, actor, state.cursor), PAGE_SIZE + 1),
    ),
  );
  if (!rows) return refused("too-slow");
  const backwards = state.cursor?.side === "before";
  // What is left of a first page is read anew, from its beginning.
  if (state.cursor && rows.length < (backwards ? PAGE_SIZE + 1 : 1))
    return listActivity(actor, { ...state, cursor: null });
  const shown = rows.slice(0, PAGE_SIZE);
  if (backwards) shown.reverse();
  const at = (side: ActivityCursor["side"], row: ActivityRow | undefined) =>
    row ? { side, id: row.id } : null;
  return done({
    rows: shown,
    previous: state.cursor ? at("before", shown[0]) : null,
    next: backwards || rows.length > PAGE_SIZE ? at("after", shown.at(-1)) : null,
  });
}

/** What is asked for, with ids in the place of addresses. */
export type Matching = {
  organizationId: string;
  what: Happening | undefined;
  actorId: string | null;
  memberId: string | null;
  from: string | undefined;
  to: string | undefined;
};

/** Finds out who is meant. Null: nobody of this organization, now or ever. */
export async function findMatching(actor: Actor, state: ActivityState): Promise<Matching | null> {
  const { what, by, person, from, to } = state;
  const [actorId, memberId] = await Promise.all([findMember(actor, by), findMember(actor, person)]);
  if ((by && !actorId) || (person && !memberId)) return null;
  return { organizationId: actor.organization.id, what, actorId, memberId, from, to };
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

/** Null: at the beginning, and an entry of another organization counts as that. */
async function placeOf(tx: Tx, actor: Actor, cursor: ActivityCursor | null): Promise<Place | null> {
  if (!cursor) return null;
  const entry = await tx.activity.findFirst({
    where: { id: BigInt(cursor.id), organizationId: actor.organization.id },
    select: { at: true },
  });
  return entry && { ...cursor, at: entry.at };
}

/** So many entries from a place on, in the order of reading: towards the page before, it is the other way round. */
export function entriesQuery(matching: Matching, place: Place | null, limit: number): Prisma.Sql {
  const direction = place?.side === "before" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const order = Prisma.sql`ORDER BY a.at ${direction}, a.id ${direction} LIMIT ${limit}`;
  return Prisma.sql`
    SELECT a.id::text, a.what, a.at, a.data, clock_timestamp() AS now, ${POLICY_NAMES} AS "policyNames",
           CASE WHEN a.what = 'declined' THEN i.decline_reason END AS "declineReason",
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
  const { organizationId, what, actorId, memberId, from, to } = matching;
  const all = [Prisma.sql`a.organization_id = ${organizationId}::uuid`];
  if (what) all.push(Prisma.sql`a.what = ${what}`);
  if (actorId) all.push(Prisma.sql`a.actor_id = ${actorId}::uuid`);
  if (memberId) all.push(Prisma.sql`a.member_id = ${memberId}::uuid`);
  // A day is one of UTC, whatever zone the database is in. Beside a place on the same side the bound is put in words that
  // no index answers: of two, PostgreSQL might begin at the farther one (decision 0016).
  if (from) {
    const at = place?.side === "before" ? Prisma.sql`a.at + interval '0'` : Prisma.sql`a.at`;
    all.push(Prisma.sql`${at} >= ${`${from}T00:00:00Z`}::timestamptz`);
  }
  if (to) {
    const at = place?.side === "after" ? Prisma.sql`a.at + interval '0'` : Prisma.sql`a.at`;
    all.push(Prisma.sql`${at} < ${`${to}T00:00:00Z`}::timestamptz + interval '24 hours'`);
  }
  if (place) {
    const beyond = place.side === "before" ? Prisma.sql`>` : Prisma.sql`<`;
    all.push(
      Prisma.sql`(a.at, a.id) ${beyond} (${place.at.toISOString()}::timestamptz, ${place.id}::bigint)`,
    );
  }
  return Prisma.join(all, " AND ");
}
