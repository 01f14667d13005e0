import type { ActivityData, ActivityType } from "@/lib/activity/activity-types";
import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";

/**
 * Logs an activity of a member in the caller's transaction (REQ-C11), and of the invitation with the id `id`,
 * if given.
 */
export async function logActivity(
  tx: Tx,
  actor: Actor,
  subject: { id?: string; memberId: string },
  type: ActivityType,
  data: ActivityData = {},
): Promise<void> {
  await logActivities(tx, actor, type, [{ id: subject.id, memberId: subject.memberId, data }]);
}

/** Logs the same activity of several members in one statement. */
export async function logActivities(
  tx: Tx,
  actor: Actor,
  type: ActivityType,
  entries: readonly { id?: string | undefined; memberId?: string | undefined; data?: ActivityData }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
    SELECT ${actor.organization.id}::uuid, entry."memberId", entry.id, ${actor.memberId}::uuid, ${type},
           clock_timestamp(), coalesce(entry.data, '{}')
    FROM jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) AS entry (id uuid, "memberId" uuid, data jsonb)`;
}

/**
 * Logs an activity of the organization, such as a changed policy or setting (REQ-G4); `memberId` of an erased
 * member.
 */
export async function logOrganizationChange(
  tx: Tx,
  actor: Actor,
  type: ActivityType,
  data: ActivityData = {},
  memberId?: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, actor_id, type, at, data)
    VALUES (${actor.organization.id}::uuid, ${memberId ?? null}::uuid, ${actor.memberId}::uuid, ${type},
            clock_timestamp(), ${JSON.stringify(data)}::jsonb)`;
}
