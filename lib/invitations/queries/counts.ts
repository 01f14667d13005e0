import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** Returns the number of open invitations, at most `cap` + 1; tabs show "10,000+" above it. */
export async function countOpenInvitations(actor: Actor, cap = 10_000): Promise<number> {
  // ORDER BY makes the planner use the index; a sequential scan may find the open invitations only at the
  // end.
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM invitation WHERE organization_id = ${actor.organization.id}::uuid AND settled_as IS NULL
      ORDER BY expires_at LIMIT ${cap + 1}) open`;
  return row?.count ?? 0;
}

/** An option of the inviter filter. */
export type InviterOption = { id: string; name: string };

/**
 * Returns up to 100 members who have invited someone, by name, and always the one with `selectedId`. A loose
 * index scan: it costs one index lookup per inviter, independent of the number of invitations.
 */
export async function findInviters(actor: Actor, selectedId?: string): Promise<InviterOption[]> {
  assertPermission(actor, "invitations:read");
  const organizationId = actor.organization.id;
  return db().$queryRaw<InviterOption[]>`
    WITH RECURSIVE step AS (
      (SELECT inviter_id FROM invitation
       WHERE organization_id = ${organizationId}::uuid AND latest AND inviter_id IS NOT NULL
       ORDER BY inviter_id LIMIT 1)
      UNION ALL
      SELECT (SELECT i.inviter_id FROM invitation i
              WHERE i.organization_id = ${organizationId}::uuid AND i.latest AND i.inviter_id > step.inviter_id
              ORDER BY i.inviter_id LIMIT 1)
      FROM step WHERE step.inviter_id IS NOT NULL),
    inviter AS (
      (SELECT inviter_id FROM step WHERE inviter_id IS NOT NULL LIMIT 100) UNION SELECT ${selectedId ?? null}::uuid)
    SELECT m.id, coalesce(nullif(m.name, ''), m.email) AS name
    FROM inviter JOIN member m ON m.organization_id = ${organizationId}::uuid AND m.id = inviter.inviter_id
    ORDER BY name, m.id`;
}
