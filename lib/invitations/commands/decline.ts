import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { holdInviter, tellOfDecline } from "@/lib/invitations/commands/tell-inviter";
import type { DeclineRefusal } from "@/lib/invitations/messages";
import { findByCode } from "@/lib/invitations/queries/by-code";
import type { Offer } from "@/lib/invitations/queries/offers";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Declines an invitation, with a reason for the inviter if one is given (REQ-D4). Whoever holds the code may, but not
 * while signed in as somebody else. Locks organization, the inviter's daily limit, member, invitation, in this order. Against an acceptance at the same moment one of the two wins.
 */
export async function decline(
  ip: string,
  signedIn: SignedIn | null,
  input: { code: string; reason?: string | undefined },
): Promise<Result<null, DeclineRefusal>> {
  const found = await findByCode(ip, input.code);
  if (!found.ok) return found;
  const { email, status } = found.value;
  if (status !== "pending") return refused(status);
  if (signedIn && signedIn.email !== email) return refused("somebody-else");
  return end(found.value, input.reason);
}

/** Ends a pending invitation for its person. */
export function end(
  { id, organizationId, memberId }: Pick<Offer, "id" | "organizationId" | "memberId">,
  reason?: string | undefined,
): Promise<Result<null, "no-longer-pending">> {
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM organization WHERE id = ${organizationId}::uuid FOR SHARE`;
    const inviter = await holdInviter(tx, id);
    await tx.$queryRaw`SELECT FROM member WHERE id = ${memberId}::uuid FOR NO KEY UPDATE`;
    const declined = await tx.$executeRaw`
      UPDATE invitation SET settled_as = 'declined', settled_at = clock_timestamp(), decline_reason = ${reason || null}
      WHERE id = ${id}::uuid AND settled_as IS NULL AND expires_at > clock_timestamp()`;
    if (declined === 0) return refused("no-longer-pending");
    await tx.$executeRaw`
      UPDATE member SET status = 'removed', invited_until = NULL, version = version + 1 WHERE id = ${memberId}::uuid`;
    await tx.$executeRaw`
      INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at)
      VALUES (${organizationId}::uuid, ${memberId}::uuid, ${id}::uuid, ${memberId}::uuid, 'declined', clock_timestamp())`;
    if (inviter) await tellOfDecline(tx, inviter, { organizationId, invitationId: id, member: memberId });
    return done(null);
  });
}
