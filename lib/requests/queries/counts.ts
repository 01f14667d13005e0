import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** Counts the open requests, up to `cap + 1`; tabs show "10,000+" above the cap. */
export async function countOpenRequests(actor: Actor, cap = 10_000): Promise<number> {
  assertPermission(actor, "requests:read");
  // The ORDER BY makes PostgreSQL use the index.
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM invitation_request WHERE organization_id = ${actor.organization.id}::uuid AND status = 'pending'
      ORDER BY created_at LIMIT ${cap + 1}) open`;
  return row?.count ?? 0;
}

/**
 * Returns whether the organization accepts requests, and whether a pending request is from an existing user.
 */
export async function findRequestsTabState(
  actor: Actor,
): Promise<{ acceptsRequests: boolean; hasStaleRequests: boolean }> {
  assertPermission(actor, "requests:read");
  const [row] = await db().$queryRaw<{ acceptsRequests: boolean; hasStaleRequests: boolean }[]>`
    SELECT o.new_user_invitations AS "acceptsRequests", EXISTS (
      SELECT FROM invitation_request r WHERE r.organization_id = o.id AND r.status = 'pending' AND r.stale
    ) AS "hasStaleRequests"
    FROM organization o WHERE o.id = ${actor.organization.id}::uuid`;
  return row ?? { acceptsRequests: false, hasStaleRequests: false };
}
