import type { ActivityType } from "@/lib/activity/activity-types";
import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";

type Data = Record<string, string | number>;

/**
 * Writes one line of the timeline in the caller's transaction (REQ-C11): about a member, and about one of their invitations
 * if `id` names it. It holds ids and words of ours, no personal data.
 */
export async function logActivity(
  tx: Tx,
  actor: Actor,
  about: { id?: string; memberId: string },
  type: ActivityType,
  data: Data = {},
): Promise<void> {
  await logActivities(tx, actor, type, [{ id: about.id, memberId: about.memberId, data }]);
}

/** The same for many people to whom the same was done, with one statement. */
export async function logActivities(
  tx: Tx,
  actor: Actor,
  type: ActivityType,
  about: readonly { id?: string | undefined; memberId?: string | undefined; data?: Data }[],
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
    SELECT ${actor.organization.id}::uuid, line."memberId", line.id, ${actor.memberId}::uuid, ${type}, clock_timestamp(),
           coalesce(line.data, '{}')
    FROM jsonb_to_recordset(${JSON.stringify(about)}::jsonb) AS line (id uuid, "memberId" uuid, data jsonb)`;
}

/** The same for what concerns the organization as a whole, and no invitation: a policy, a setting, an erasing (REQ-G4). */
export async function logOrganizationChange(
  tx: Tx,
  actor: Actor,
  type: ActivityType,
  data: Record<string, string> = {},
  memberId?: string,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, actor_id, type, at, data)
    VALUES (${actor.organization.id}::uuid, ${memberId ?? null}::uuid, ${actor.memberId}::uuid, ${type},
            clock_timestamp(), ${JSON.stringify(data)}::jsonb)`;
}
