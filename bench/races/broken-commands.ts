import { randomUUID } from "node:crypto";
import { logActivity } from "@/lib/activity/log-activity";
import type { Actor } from "@/lib/auth/actor";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { db, type Tx, transaction } from "@/lib/db/client";
import { findInvitationByCode, type InvitationByCode } from "@/lib/invitations/queries/by-code";
import { deriveInvitationCode } from "@/lib/links/invitation-link";
import { enqueueEmails } from "@/lib/mail/outbox";
import { logRequest } from "@/lib/requests/commands/log-request";
import { findRequestByLink } from "@/lib/requests/queries/by-link";
import { done, refused } from "@/lib/result/result";
import type { Commands } from "./calls";
import { productCommands } from "./product-commands";

/**
 * Commands with a race condition, to show that the harness detects it: each checks first and writes afterwards, without a
 * lock in between. A single call of each is correct.
 */
export const brokenCommands: Commands = {
  ...productCommands,

  async accept({ ip, signedIn, input }) {
    const found = await findInvitationByCode(ip, input.code, input.proof);
    if (!found.ok) return found;
    const { status } = found.value;
    if (status !== "pending") return refused(status);
    await transaction((tx) => activateMember(tx, found.value, signedIn?.accountId ?? ""));
    return done(null);
  },

  async resend({ actor, invitation }) {
    return transaction(async (tx) => {
      const row = await tx.invitation.findUniqueOrThrow({ where: { id: invitation } });
      if (row.resendCount >= 3) return refused("resend-limit");
      const emailMessageId = randomUUID();
      await tx.invitation.update({
        where: { id: invitation },
        data: { resendCount: row.resendCount + 1, emailMessageId },
      });
      await logActivity(tx, actor, { id: invitation, memberId: row.memberId }, "resent");
      await tx.member.update({
        where: { id: row.memberId },
        data: { version: { increment: 1 }, resendCount: row.resendCount + 1 },
      });
      await enqueueEmails(tx, [
        {
          id: emailMessageId,
          kind: "resent",
          to: row.email,
          organizationId: actor.organization.id,
          invitationId: invitation,
        },
      ]);
      return done(null);
    });
  },

  async change({ actor, member, role }) {
    return transaction(async (tx) => {
      const owners = await tx.member.findMany({
        where: { organizationId: actor.organization.id, role: "owner", status: "active" },
        select: { id: true },
      });
      if (!owners.some(({ id }) => id === actor.memberId)) return refused("rights-lost");
      if (owners.length === 1) return refused("last-owner");
      await tx.member.update({ where: { id: member }, data: { role, version: { increment: 1 } } });
      await logActivity(tx, actor, { memberId: member }, "changed");
      return done(null);
    });
  },

  async approve({ actor, request }) {
    const { email, status } = await db().invitationRequest.findUniqueOrThrow({ where: { id: request } });
    if (status !== "pending") return refused("already-answered");
    const result = await transaction((tx) => inviteUnchecked(tx, actor, email));
    await db().invitationRequest.update({
      where: { id: request },
      data: { status: "approved", settledAt: new Date() },
    });
    return result;
  },

  async confirm({ ip, code }) {
    const found = await findRequestByLink(ip, code);
    if (!found.ok) return found;
    const { id, email, state } = found.value;
    if (state !== "unconfirmed") return refused(state);
    await transaction(async (tx) => {
      const { organizationId } = await tx.invitationRequest.update({
        where: { id },
        data: { status: "pending", confirmedAt: new Date() },
      });
      await logRequest(tx, { id, organizationId, email });
    });
    return done(null);
  },

  async invite({ actor, addresses: [email = ""] }) {
    const organizationId = actor.organization.id;
    return transaction(async (tx) => {
      const known = await tx.member.findUnique({
        where: { organizationId_email: { organizationId, email } },
      });
      if (known && known.status !== "removed") return done([{ text: email, status: "already-invited" }]);
      await inviteUnchecked(tx, actor, email);
      return done([{ text: email, status: "invited" }]);
    });
  },
};

/** Invites an address without checking whether its status has changed since it was read. */
async function inviteUnchecked(tx: Tx, actor: Actor, email: string) {
  const organizationId = actor.organization.id;
  const invitationId = randomUUID();
  await insertInvitation(tx, organizationId, email, invitationId);
  const { id: memberId } = await tx.member.findUniqueOrThrow({
    where: { organizationId_email: { organizationId, email } },
  });
  await logActivity(tx, actor, { id: invitationId, memberId }, "invited");
  const { emailMessageId } = await tx.invitation.findUniqueOrThrow({ where: { id: invitationId } });
  await enqueueEmails(tx, [
    { id: emailMessageId ?? "", kind: "invitation", to: email, organizationId, invitationId },
  ]);
  return done(null);
}

async function activateMember(
  tx: Tx,
  { id, organizationId, memberId }: InvitationByCode,
  accountId: string,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE member SET status = 'active', account_id = ${accountId}::uuid, invited_until = NULL, version = version + 1,
           joined_at = clock_timestamp() WHERE id = ${memberId}::uuid`;
  await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'accepted', settled_at = clock_timestamp() WHERE id = ${id}::uuid`;
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at)
    VALUES (${organizationId}::uuid, ${memberId}::uuid, ${id}::uuid, ${memberId}::uuid, 'accepted', clock_timestamp())`;
}

async function insertInvitation(
  tx: Tx,
  organizationId: string,
  email: string,
  invitationId: string,
): Promise<void> {
  const key = currentKey();
  await tx.$executeRaw`
    INSERT INTO member AS m (id, organization_id, email, status, role, invitation_id, invited_until, delivery)
    VALUES (gen_random_uuid(), ${organizationId}::uuid, ${email}, 'invited', 'member', ${invitationId}::uuid,
            date_trunc('day', clock_timestamp()) + interval '7 days', 'queued')
    ON CONFLICT (organization_id, email) DO UPDATE
      SET status = 'invited', invitation_id = excluded.invitation_id, invited_until = excluded.invited_until, resend_count = 0,
          delivery = 'queued', delivery_detail = NULL, account_id = NULL, version = m.version + 1`;
  await tx.$executeRaw`
    UPDATE invitation SET latest = false, settled_as = coalesce(settled_as, 'superseded'),
           settled_at = coalesce(settled_at, clock_timestamp())
    WHERE organization_id = ${organizationId}::uuid AND email = ${email} AND latest`;
  await tx.$executeRaw`
    INSERT INTO invitation (id, organization_id, member_id, email, role, key_id, code_digest, expires_at, email_message_id)
    SELECT ${invitationId}::uuid, m.organization_id, m.id, m.email, m.role, ${key.id},
           ${sha256(deriveInvitationCode(key, invitationId))}, m.invited_until, gen_random_uuid()
    FROM member m WHERE m.organization_id = ${organizationId}::uuid AND m.email = ${email}`;
}
