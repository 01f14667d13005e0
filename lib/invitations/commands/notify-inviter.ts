import { randomUUID } from "node:crypto";
import { findRights } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockQuota } from "@/lib/db/locks";
import { enqueueEmails } from "@/lib/mail/outbox";
import { findOverLimit, NOTIFICATION_LIMIT } from "@/lib/mail/quota";
import type { Rights } from "@/lib/permissions/rights";

/** The member who gets the notification. */
export type Inviter = { memberId: string; email: string };

/** An invitation that was accepted or declined; `memberId` is the invitee. */
export type InvitationResponse = { organizationId: string; invitationId: string; memberId: string };

/**
 * Locks the inviter's daily email limit and returns the inviter, so that concurrent responses are counted one
 * at a time. Call it before the member is locked (decision 0003). Null if the installation itself invited, or
 * if the inviter was erased.
 */
export async function lockInviterQuota(tx: Tx, invitationId: string): Promise<Inviter | null> {
  const [inviter] = await tx.$queryRaw<Inviter[]>`
    SELECT m.id AS "memberId", m.email FROM invitation i
    JOIN member m ON m.organization_id = i.organization_id AND m.id = i.inviter_id WHERE i.id = ${invitationId}::uuid`;
  if (!inviter) return null;
  await lockQuota(tx, [inviter.email]);
  return inviter;
}

/**
 * Notifies the inviter that the invitee joined, in one email: a reminder to assign access policies if the
 * Member has none (REQ-B8), otherwise a plain notification.
 */
export async function notifyInviterOfJoin(
  tx: Tx,
  inviter: Inviter,
  response: InvitationResponse,
): Promise<void> {
  const rights = await findRightsToNotify(tx, inviter, response);
  if (!rights) return;
  const kind = (await needsPolicyReminder(tx, inviter, response, rights)) ? "assign-policies" : "accepted";
  await enqueueNotification(tx, inviter, response, kind);
}

/** Notifies the inviter that the invitee declined, with the reason if one was given (REQ-D4). */
export async function notifyInviterOfDecline(
  tx: Tx,
  inviter: Inviter,
  response: InvitationResponse,
): Promise<void> {
  if (await findRightsToNotify(tx, inviter, response))
    await enqueueNotification(tx, inviter, response, "declined");
}

/**
 * Returns the inviter's rights; null if no email is sent, because the inviter is no longer active or has
 * reached the limit for notifications, which reserves part of the daily emails for those that a user
 * requests.
 */
async function findRightsToNotify(
  tx: Tx,
  inviter: Inviter,
  { organizationId }: InvitationResponse,
): Promise<Rights | null> {
  const overLimit = await findOverLimit(tx, [inviter.email], NOTIFICATION_LIMIT);
  return overLimit.has(inviter.email) ? null : findRights(tx, organizationId, inviter.memberId);
}

/**
 * Returns true if a Member without policies joined, the inviter can assign policies, and got no reminder
 * today.
 */
async function needsPolicyReminder(
  tx: Tx,
  inviter: Inviter,
  { organizationId, memberId }: InvitationResponse,
  rights: Rights,
): Promise<boolean> {
  if (!rights.permissions.has("roles:assign")) return false;
  const due = await tx.$queryRaw<unknown[]>`
    SELECT FROM member m
    WHERE m.id = ${memberId}::uuid AND m.role = 'member'
      AND NOT EXISTS (SELECT FROM member_policy mp WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id)
      AND NOT EXISTS (SELECT FROM email_message e WHERE e.to_address = ${inviter.email}
        AND e.created_at > clock_timestamp() - interval '1 day' AND e.kind = 'assign-policies'
        AND e.organization_id = ${organizationId}::uuid)`;
  return due.length > 0;
}

async function enqueueNotification(
  tx: Tx,
  { email }: Inviter,
  { organizationId, invitationId, memberId }: InvitationResponse,
  kind: "assign-policies" | "accepted" | "declined",
): Promise<void> {
  await enqueueEmails(tx, [
    { id: randomUUID(), kind, to: email, organizationId, invitationId, causedBy: memberId },
  ]);
}
