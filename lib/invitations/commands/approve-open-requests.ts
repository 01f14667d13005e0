import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";

/**
 * Approves the open requests of people who are invited anew by hand (REQ-E3), as inviting does in its own statement. Answers
 * the addresses that had confirmed theirs. The caller holds the turn of each address (decision 0030).
 */
export async function approveOpen(
  tx: Tx,
  actor: Actor,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const approved = await tx.$queryRaw<{ email: string; wasConfirmed: boolean }[]>`
    UPDATE invitation_request SET status = 'approved', settled_at = clock_timestamp(), settled_by = ${actor.memberId}::uuid
    WHERE organization_id = ${actor.organization.id}::uuid AND email = ANY(${[...emails]}::text[])
      AND status IN ('unconfirmed', 'pending')
    RETURNING email, confirmed_at IS NOT NULL AS "wasConfirmed"`;
  return new Set(approved.flatMap(({ email, wasConfirmed }) => (wasConfirmed ? email : [])));
}
