import { randomUUID } from "node:crypto";
import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, type LockedOrganization, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { OPEN_INVITATION_COPIES, QUEUED_DELIVERY } from "@/lib/db/copies";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import { type InvitationForUpdate, lockForSending, resultForEach } from "@/lib/invitations/commands/lock";
import type { ResendRefusal } from "@/lib/invitations/messages";
import { allowedInvitationActions } from "@/lib/invitations/status";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import { enqueueEmails } from "@/lib/mail/outbox";
import { done, type Result, refused } from "@/lib/result/result";

type Resent = { memberId: string };

/** Resends one pending invitation (REQ-C3), like `resendInvitations`. */
export async function resendInvitation(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<Resent, ResendRefusal>> {
  return unwrapSingle(await resendInvitations(actor, { invitations: [input.invitation] }));
}

/**
 * Sends the same links again and restarts their expiry (REQ-C3), up to 100 in one transaction and one call of
 * the provider (REQ-C9). The resend limit also applies to concurrent clicks: the members are locked and the
 * UPDATE checks it again. Invitations sent after `asOf`, the time of the rows on screen, are refused, so that
 * a batch can be repeated when its response was lost.
 */
export async function resendInvitations(
  actor: Actor,
  { invitations, asOf }: { invitations: readonly string[]; asOf?: Date },
): Promise<Result<ItemResult<Resent, ResendRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:resend", "share");
    if (!locked) return refused("rights-lost");
    const { found, consumeQuota } = await lockForSending(tx, actor, invitations);
    const refusalFor = (invitation: InvitationForUpdate) => {
      if (!allowedInvitationActions(invitation.status).includes("resend")) return refused("not-pending");
      if (invitation.emailSuppression) return refused(`suppressed-${invitation.emailSuppression}`);
      if (asOf && invitation.issuedAt > asOf) return refused("already-resent");
      if (invitation.resendCount >= locked.resendLimit)
        return refused("resend-limit", { used: invitation.resendCount, limit: locked.resendLimit });
      if (!isDomainAllowed(invitation.email, locked)) return refused("refused-domain");
      const reason = consumeQuota(invitation.email);
      return reason && refused(reason);
    };
    return done(
      await resultForEach(invitations, found, refusalFor, async (allowed) => {
        const sent = await writeResends(tx, actor, locked, allowed);
        return (invitation) =>
          sent.has(invitation.id) ? done({ memberId: invitation.memberId }) : refused("not-pending");
      }),
    );
  });
}

/**
 * Writes the resends and returns the ids that were resent: an invitation can expire between the check and the
 * UPDATE.
 */
async function writeResends(
  tx: Tx,
  actor: Actor,
  { expiryDays, resendLimit }: LockedOrganization,
  invitations: readonly InvitationForUpdate[],
): Promise<ReadonlySet<string>> {
  const emailIds = new Map(invitations.map(({ id }) => [id, randomUUID()]));
  const rows = await tx.$queryRaw<{ id: string }[]>`
    WITH resent AS (
      UPDATE invitation i SET resend_count = i.resend_count + 1, issued_at = clock_timestamp(),
             email_message_id = input.email_message_id, ${QUEUED_DELIVERY}, reminded_at = NULL,
             expires_at = clock_timestamp() + make_interval(days => ${expiryDays}::int)
      FROM unnest(${[...emailIds.keys()]}::uuid[], ${[...emailIds.values()]}::uuid[]) AS input (id, email_message_id)
      WHERE i.id = input.id AND i.settled_as IS NULL AND i.expires_at > clock_timestamp()
        AND i.resend_count < ${resendLimit}
      RETURNING i.id, i.member_id, i.expires_at, i.resend_count, i.delivery, i.delivery_detail),
    updated_member AS (
      UPDATE member m SET ${OPEN_INVITATION_COPIES}, version = m.version + 1
      FROM resent i WHERE m.id = i.member_id)
    SELECT id FROM resent`;
  const ids = new Set(rows.map(({ id }) => id));
  const sent = invitations.filter(({ id }) => ids.has(id));
  await logActivities(
    tx,
    actor,
    "resent",
    sent.map(({ id, memberId, resendCount }) => ({
      id,
      memberId,
      data: { count: resendCount + 1, limit: resendLimit },
    })),
  );
  await enqueueEmails(
    tx,
    sent.map((invitation) => ({
      id: emailIds.get(invitation.id) ?? "",
      kind: "resent",
      to: invitation.email,
      organizationId: actor.organization.id,
      invitationId: invitation.id,
      causedBy: actor.memberId,
    })),
  );
  return ids;
}
