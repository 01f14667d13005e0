import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** How many have a place, at most one more than `cap`: tabs show "10,000+" beyond it and never count a million. */
export async function countUsers(actor: Actor, cap = 10_000): Promise<number> {
  // In an order, so that an index is walked: unordered, ten thousand of a long table may stand at its very end.
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM member WHERE organization_id = ${actor.organization.id}::uuid AND status <> 'removed'
      ORDER BY sort_name LIMIT ${cap + 1}) present`;
  return row?.count ?? 0;
}
