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

/** Higher counts of stale requests are not needed. */
export const MAX_STALE_COUNT = 1_000;

/**
 * Returns whether the organization accepts requests, and how many pending requests are from existing users, up
 * to `MAX_STALE_COUNT + 1`.
 */
export async function findRequestsTabState(
  actor: Actor,
): Promise<{ acceptsRequests: boolean; staleCount: number }> {
  assertPermission(actor, "requests:read");
  const [row] = await db().$queryRaw<{ acceptsRequests: boolean; staleCount: number }[]>`
    SELECT o.new_user_invitations AS "acceptsRequests", (
      SELECT count(*)::int FROM (
        SELECT FROM invitation_request r WHERE r.organization_id = o.id AND r.status = 'pending' AND r.stale
        ORDER BY r.created_at LIMIT ${MAX_STALE_COUNT + 1}) stale
    ) AS "staleCount"
    FROM organization o WHERE o.id = ${actor.organization.id}::uuid`;
  return row ?? { acceptsRequests: false, staleCount: 0 };
}
