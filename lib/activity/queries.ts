import type { TimelineEntry } from "@/lib/activity/happenings";
import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

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
           -- Names of now, not of then: the log itself holds ids (R G4).
           (SELECT coalesce(jsonb_object_agg(p.id, p.name), '{}') FROM policy p
            WHERE p.organization_id = a.organization_id AND p.id::text = ANY(string_to_array(
              concat_ws(',', a.data->>'given', a.data->>'taken', a.data->>'withheld'), ','))) AS "policyNames"
    FROM activity a
    LEFT JOIN invitation i ON i.organization_id = a.organization_id AND i.id = a.invitation_id
    LEFT JOIN member by ON by.organization_id = a.organization_id AND by.id = a.actor_id AND by.id <> a.member_id
    WHERE a.organization_id = ${actor.organization.id}::uuid AND a.member_id = ${memberId}::uuid
    ORDER BY a.id DESC LIMIT 100`;
}
