import { randomUUID } from "node:crypto";
import { logActivity } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { OPEN_INVITATION_COPIES, QUEUED_DELIVERY } from "@/lib/db/copies";
import { lockLatestEmail } from "@/lib/db/locks";
import { lockInvitation } from "@/lib/invitations/commands/lock";
import type { UndoRefusal } from "@/lib/invitations/messages";
import type { EmailKind } from "@/lib/mail/delivery-status";
import { enqueueEmails } from "@/lib/mail/outbox";
import { canGrant } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";
import { UNDO_MINUTES } from "@/lib/result/undo";

/**
 * Undoes a revocation within ten minutes (REQ-C6): the invitation keeps its code and expiry, and an email
 * that the revocation cancelled is enqueued again. Refused if the person was invited again or the invitation
 * has expired since.
 */
export async function undoRevokeInvitation(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<{ memberId: string }, UndoRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:revoke", "share");
    if (!locked) return refused("rights-lost");
    const invitation = await lockInvitation(tx, actor, input.invitation);
    if (!invitation) return refused("not-found");
    if (!canGrant(locked.rights, invitation, locked.defaultRole)) return refused("above-you");
    const restored = await tx.$executeRaw`
      WITH restored AS (
        UPDATE member m SET status = 'invited', ${OPEN_INVITATION_COPIES}, version = m.version + 1
        FROM invitation i
        WHERE i.id = ${invitation.id}::uuid AND m.id = i.member_id AND m.invitation_id = i.id AND m.status = 'removed'
          AND i.settled_as = 'revoked' AND i.expires_at > clock_timestamp()
          AND i.settled_at > clock_timestamp() - make_interval(mins => ${UNDO_MINUTES}::int)
        RETURNING i.id)
      UPDATE invitation SET settled_as = NULL, settled_at = NULL FROM restored WHERE invitation.id = restored.id`;
    if (restored === 0) return refused("too-late");
    await requeueCancelledEmail(tx, actor, invitation);
    await logActivity(tx, actor, invitation, "revoke-undone");
    return done({ memberId: invitation.memberId });
  });
}

/** Enqueues the email again if the revocation cancelled it; an email that is still queued needs nothing. */
async function requeueCancelledEmail(
  tx: Tx,
  actor: Actor,
  invitation: { id: string; email: string },
): Promise<void> {
  const email = await lockLatestEmail(tx, invitation.id);
  if (email?.state !== "cancelled") return;
  const id = randomUUID();
  await tx.$executeRaw`
    WITH requeued AS (
      UPDATE invitation SET email_message_id = ${id}::uuid, ${QUEUED_DELIVERY}
      WHERE id = ${invitation.id}::uuid RETURNING member_id, expires_at, resend_count, delivery, delivery_detail)
    UPDATE member m SET ${OPEN_INVITATION_COPIES} FROM requeued i WHERE m.id = i.member_id`;
  await enqueueEmails(tx, [
    {
      id,
      kind: email.kind as EmailKind,
      to: invitation.email,
      organizationId: actor.organization.id,
      invitationId: invitation.id,
      causedBy: actor.memberId,
    },
  ]);
}
