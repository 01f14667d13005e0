import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { removeInvitedMembers } from "@/lib/db/copies";
import { lockMemberRow, lockOrganizationRow } from "@/lib/db/locks";
import { lockInviterQuota, notifyInviterOfDecline } from "@/lib/invitations/commands/notify-inviter";
import type { DeclineRefusal } from "@/lib/invitations/messages";
import { findInvitationByCode } from "@/lib/invitations/queries/by-code";
import type { PendingInvitation } from "@/lib/invitations/queries/pending";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Declines an invitation by its code, with an optional reason for the inviter (REQ-D4). Refused while logged
 * in with a different address. If an acceptance and a decline are concurrent, one is refused.
 */
export async function declineInvitation(
  ip: string,
  signedIn: SignedInAccount | null,
  input: { code: string; reason?: string | undefined },
): Promise<Result<null, DeclineRefusal>> {
  const found = await findInvitationByCode(ip, input.code);
  if (!found.ok) return found;
  const { email, status } = found.value;
  if (status !== "pending") return refused(status);
  if (signedIn && signedIn.email !== email) return refused("wrong-account");
  return declinePendingInvitation(found.value, input.reason);
}

/**
 * Declines a pending invitation that the caller has found. Locks, in this order, the organization, the
 * inviter's daily limit, the member and the invitation.
 */
export function declinePendingInvitation(
  { id, organizationId, memberId }: Pick<PendingInvitation, "id" | "organizationId" | "memberId">,
  reason?: string | undefined,
): Promise<Result<null, "no-longer-pending">> {
  return transaction(async (tx) => {
    await lockOrganizationRow(tx, organizationId, "share");
    const inviter = await lockInviterQuota(tx, id);
    await lockMemberRow(tx, organizationId, memberId);
    const declined = await tx.$executeRaw`
      UPDATE invitation SET settled_as = 'declined', settled_at = clock_timestamp(), decline_reason = ${reason || null}
      WHERE id = ${id}::uuid AND settled_as IS NULL AND expires_at > clock_timestamp()`;
    if (declined === 0) return refused("no-longer-pending");
    await removeInvitedMembers(tx, [memberId]);
    await tx.$executeRaw`
      INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at)
      VALUES (${organizationId}::uuid, ${memberId}::uuid, ${id}::uuid, ${memberId}::uuid, 'declined',
              clock_timestamp())`;
    if (inviter) await notifyInviterOfDecline(tx, inviter, { organizationId, invitationId: id, memberId });
    return done(null);
  });
}
