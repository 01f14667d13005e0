import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** How many have a place, at most `cap`. */
export async function countUsers(actor: Actor, cap = 10_000): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM member WHERE organization_id = ${actor.organization.id}::uuid AND status <> 'removed'
      LIMIT ${cap + 1}) present`;
  return row?.count ?? 0;
}
