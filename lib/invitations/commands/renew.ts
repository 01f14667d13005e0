import { randomUUID } from "node:crypto";
import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, type LockedOrganization, lockOrganization } from "@/lib/auth/actor";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { OPEN_INVITATION_COPIES } from "@/lib/db/copies";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import { approveOpenRequests } from "@/lib/invitations/commands/approve-open-requests";
import { type InvitationForUpdate, lockForSending, resultForEach } from "@/lib/invitations/commands/lock";
import type { RenewRefusal } from "@/lib/invitations/messages";
import { allowedInvitationActions } from "@/lib/invitations/status";
import { deriveInvitationCode } from "@/lib/links/invitation-link";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import { enqueueEmails } from "@/lib/mail/outbox";
import { canGrant } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

type Renewed = { invitationId: string; memberId: string };

/** Replaces one expired invitation (REQ-C4), like `renewInvitations`. */
export async function renewInvitation(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<Renewed, RenewRefusal>> {
  return unwrapSingle(await renewInvitations(actor, { invitations: [input.invitation] }));
}

/**
 * **Send new invitation** (REQ-C4): replaces expired invitations by new ones with a new code and expiry and
 * no resends; the old codes stop working. Up to 100 in one transaction and one call of the provider (REQ-C9).
 * The actor becomes the grantor of role and policies, so they must be able to grant them (REQ-A3).
 */
export async function renewInvitations(
  actor: Actor,
  { invitations }: { invitations: readonly string[] },
): Promise<Result<ItemResult<Renewed, RenewRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:create", "share");
    if (!locked) return refused("rights-lost");
    const { found, consumeQuota } = await lockForSending(tx, actor, invitations);
    const refusalFor = (invitation: InvitationForUpdate) => {
      if (!allowedInvitationActions(invitation.status).includes("renew")) return refused("not-expired");
      if (!canGrant(locked.rights, invitation, locked.defaultRole)) return refused("above-you");
      if (!isDomainAllowed(invitation.email, locked)) return refused("refused-domain");
      if (invitation.emailSuppression) return refused(`suppressed-${invitation.emailSuppression}`);
      const reason = consumeQuota(invitation.email);
      return reason && refused(reason);
    };
    return done(
      await resultForEach(invitations, found, refusalFor, async (allowed) => {
        const newIds = await replaceInvitations(tx, actor, locked, allowed);
        return ({ id, memberId }) => done({ invitationId: newIds.get(id) ?? "", memberId });
      }),
    );
  });
}

/** Replaces the invitations and returns the ids of the new ones by the ids of the replaced ones. */
async function replaceInvitations(
  tx: Tx,
  actor: Actor,
  { expiryDays }: LockedOrganization,
  expired: readonly InvitationForUpdate[],
): Promise<ReadonlyMap<string, string>> {
  const key = currentKey();
  const renewed = expired.map((invitation) => {
    const id = randomUUID();
    const digest = sha256(deriveInvitationCode(key, id)).toString("hex");
    const { memberId, email, role } = invitation;
    return { id, replacedId: invitation.id, memberId, email, role, emailMessageId: randomUUID(), digest };
  });
  await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'superseded', settled_at = clock_timestamp(), latest = false
    WHERE id = ANY(${renewed.map(({ replacedId }) => replacedId)}::uuid[])`;
  await tx.$executeRaw`
    WITH inserted AS (
      INSERT INTO invitation (id, organization_id, member_id, email, name, role, language, inviter_id, key_id, code_digest,
                              created_at, issued_at, expires_at, email_message_id)
      SELECT input.id, ${actor.organization.id}::uuid, input."memberId", input.email, replaced.name, input.role,
             replaced.language, ${actor.memberId}::uuid, ${key.id}, decode(input.digest, 'hex'), clock_timestamp(), clock_timestamp(),
             clock_timestamp() + make_interval(days => ${expiryDays}::int), input."emailMessageId"
      FROM jsonb_to_recordset(${JSON.stringify(renewed)}::jsonb)
        AS input (id uuid, "replacedId" uuid, "memberId" uuid, email text, role text, digest text, "emailMessageId" uuid)
      JOIN invitation replaced ON replaced.id = input."replacedId"
      RETURNING id, member_id, expires_at, resend_count, delivery, delivery_detail)
    UPDATE member m SET invitation_id = i.id, ${OPEN_INVITATION_COPIES}, granted_by = ${actor.memberId}::uuid,
           version = m.version + 1
    FROM inserted i WHERE m.id = i.member_id`;
  await tx.$executeRaw`
    UPDATE member_policy SET granted_by = ${actor.memberId}::uuid
    WHERE organization_id = ${actor.organization.id}::uuid
      AND member_id = ANY(${renewed.map(({ memberId }) => memberId)}::uuid[])`;
  const hadRequested = await approveOpenRequests(
    tx,
    actor,
    renewed.map(({ email }) => email),
  );
  await logActivities(
    tx,
    actor,
    "renewed",
    renewed.map(({ id, memberId, email }) => ({
      id,
      memberId,
      ...(hadRequested.has(email) ? { data: { asked: "yes" } } : {}),
    })),
  );
  await enqueueEmails(
    tx,
    renewed.map(({ id, email, emailMessageId }) => ({
      id: emailMessageId,
      kind: "new",
      to: email,
      organizationId: actor.organization.id,
      invitationId: id,
      causedBy: actor.memberId,
    })),
  );
  return new Map(renewed.map(({ replacedId, id }) => [replacedId, id]));
}
