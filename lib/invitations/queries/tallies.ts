import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** How many are open, at most one more than `cap`: tabs show "10,000+" beyond it and never count a million. */
export async function countOpenInvitations(actor: Actor, cap = 10_000): Promise<number> {
  // In an order, so that an index is walked: unordered, ten thousand of a long table may stand at its very end.
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM invitation WHERE organization_id = ${actor.organization.id}::uuid AND settled_as IS NULL
      ORDER BY expires_at LIMIT ${cap + 1}) open`;
  return row?.count ?? 0;
}

/** Somebody to filter by. */
export type Inviter = { id: string; name: string };

/**
 * Who has invited somebody, by name; at most a hundred, and `chosen` always among them. Steps from one to the next in an
 * index, so it costs as many looks as there are inviters, however many they invited.
 */
export async function findInviters(actor: Actor, chosen?: string): Promise<Inviter[]> {
  assertMay(actor, "invitations:read");
  const organizationId = actor.organization.id;
  return db().$queryRaw<Inviter[]>`
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
      (SELECT inviter_id FROM step WHERE inviter_id IS NOT NULL LIMIT 100) UNION SELECT ${chosen ?? null}::uuid)
    SELECT m.id, coalesce(nullif(m.name, ''), m.email) AS name
    FROM inviter JOIN member m ON m.organization_id = ${organizationId}::uuid AND m.id = inviter.inviter_id
    ORDER BY name, m.id`;
}
