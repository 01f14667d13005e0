import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** How many are open, at most one more than `cap`: tabs show "10,000+" beyond it. */
export async function countOpenRequests(actor: Actor, cap = 10_000): Promise<number> {
  assertMay(actor, "requests:read");
  // In an order, so that an index is walked.
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM invitation_request WHERE organization_id = ${actor.organization.id}::uuid AND status = 'pending'
      ORDER BY created_at LIMIT ${cap + 1}) open`;
  return row?.count ?? 0;
}

/** How the tab stands: whether visitors can ask at all, and whether somebody waits who is a user by now. */
export async function findStanding(actor: Actor): Promise<{ isOn: boolean; hasStale: boolean }> {
  assertMay(actor, "requests:read");
  const [row] = await db().$queryRaw<{ isOn: boolean; hasStale: boolean }[]>`
    SELECT o.new_user_invitations AS "isOn", EXISTS (
      SELECT FROM invitation_request r WHERE r.organization_id = o.id AND r.status = 'pending' AND r.stale) AS "hasStale"
    FROM organization o WHERE o.id = ${actor.organization.id}::uuid`;
  return row ?? { isOn: false, hasStale: false };
}
