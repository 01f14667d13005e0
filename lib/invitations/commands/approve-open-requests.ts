import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";

/**
 * Approves the open requests of people who get a new invitation (REQ-E3); inviting does the same in its own
 * statement. Returns the addresses whose request was confirmed. The caller has locked the daily limit of each
 * address (decision 0030).
 */
export async function approveOpenRequests(
  tx: Tx,
  actor: Actor,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const approved = await tx.$queryRaw<{ email: string; wasConfirmed: boolean }[]>`
    UPDATE invitation_request
    SET status = 'approved', settled_at = clock_timestamp(), settled_by = ${actor.memberId}::uuid
    WHERE organization_id = ${actor.organization.id}::uuid AND email = ANY(${[...emails]}::text[])
      AND status IN ('unconfirmed', 'pending')
    RETURNING email, confirmed_at IS NOT NULL AS "wasConfirmed"`;
  return new Set(approved.flatMap(({ email, wasConfirmed }) => (wasConfirmed ? email : [])));
}
