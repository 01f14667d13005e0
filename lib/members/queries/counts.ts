import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** Counts the users who are not removed, up to `cap` + 1; the tab shows "10,000+" above it. */
export async function countUsers(actor: Actor, cap = 10_000): Promise<number> {
  // Sorted to use an index: unsorted, PostgreSQL might scan a long table up to its end.
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM member WHERE organization_id = ${actor.organization.id}::uuid AND status <> 'removed'
      ORDER BY sort_name LIMIT ${cap + 1}) counted`;
  return row?.count ?? 0;
}
