import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/*
 * The values that one row copies from another, so that a list can show, filter or sort by them (decision 0018). Each
 * copy is written by one helper or one fragment of SQL here. `member.policy_ids` and `invitation_request.stale` are
 * written by triggers.
 */

/** SQL for SET, on an invitation and on its member: the delivery status after an email was enqueued. */
export const QUEUED_DELIVERY = Prisma.sql`delivery = 'queued', delivery_detail = NULL`;

/** SQL for SET, on a member: the copies of its latest invitation `i`, which is open. */
export const OPEN_INVITATION_COPIES = Prisma.sql`
  invited_until = i.expires_at, resend_count = i.resend_count, delivery = i.delivery, delivery_detail = i.delivery_detail`;

/**
 * SQL after the CTE `changed` (`id`, `invitation_id`, `state` and `detail` of emails): copies the status to the invitations
 * whose latest email it is, and from there to the members whose latest invitation that is.
 */
export const COPY_EMAIL_STATUS = Prisma.sql`
  updated_invitation AS (
    -- By the invitation's own key: its email_message_id has no index.
    UPDATE invitation i SET delivery = changed.state, delivery_detail = changed.detail
    FROM changed WHERE i.id = changed.invitation_id AND i.email_message_id = changed.id
    RETURNING i.id, i.member_id, i.delivery, i.delivery_detail)
  UPDATE member m SET delivery = i.delivery, delivery_detail = i.delivery_detail
  FROM updated_invitation i WHERE m.id = i.member_id AND m.invitation_id = i.id`;

/** Sets invited members to removed, whose latest invitation was closed without a join. */
export async function removeInvitedMembers(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE member SET status = 'removed', invited_until = NULL, version = version + 1
    WHERE id = ANY(${[...ids]}::uuid[]) AND status = 'invited'`;
}

/** Copies why emails to a member are paused to the member's latest invitation. */
export async function copyEmailSuppression(tx: Tx, memberId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE invitation i SET email_suppression = m.email_suppression
    FROM member m WHERE m.id = ${memberId}::uuid AND i.id = m.invitation_id`;
}

/** Copies the roles of members to their open invitations. */
export async function copyRoles(tx: Tx, organizationId: string, memberIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE invitation i SET role = m.role
    FROM member m WHERE m.id = ANY(${[...memberIds]}::uuid[]) AND i.member_id = m.id
      AND i.organization_id = ${organizationId}::uuid AND i.settled_as IS NULL`;
}
