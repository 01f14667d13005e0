import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { lockMembersByEmail, lockQuota } from "@/lib/db/locks";
import { parseAddress } from "@/lib/email-address/email-address";
import { inviteLocked } from "@/lib/invitations/commands/invite";
import { lockInvitation } from "@/lib/invitations/commands/lock";
import { markRevoked } from "@/lib/invitations/commands/revoke";
import type { CorrectRefusal } from "@/lib/invitations/messages";
import { canCorrectAddress } from "@/lib/invitations/status";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";
import { canManage } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Correct address** (REQ-C10): revokes an open invitation whose email bounced and invites the corrected
 * address with the same role and policies, in one transaction. Requires the permissions to invite and to
 * revoke. A refusal changes nothing. Returns the ids of the new and the old member.
 */
export async function correctAddress(
  actor: Actor,
  input: { invitation: string; address: string },
): Promise<Result<string[], CorrectRefusal>> {
  const parsed = parseAddress(input.address);
  if (!("address" in parsed)) return refused(parsed.reason);
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:create", "share");
    if (!locked?.rights.permissions.has("invitations:revoke")) return refused("rights-lost");
    const bounced = await lockBothMembers(tx, actor, input.invitation, parsed.address);
    if (!bounced) return refused("not-found");
    if (bounced.email === parsed.address) return refused("same-address");
    if (!canCorrectAddress(bounced)) return refused("not-bounced");
    if (!canManage(locked.rights, bounced)) return refused("above-you");
    const { role, policyIds } = bounced;
    const result = await inviteLocked(tx, actor, locked, {
      addresses: [parsed.address],
      role,
      policies: policyIds,
      language: bounced.language,
      people: new Map([[parsed.address, { name: bounced.name }]]),
    });
    if (!result.ok) return result;
    const [{ status, memberId = "" } = { status: "no-address" as const }] = result.value;
    // Nothing was written for an address that was not invited.
    if (status !== "invited" && status !== "invited-again") return refused(status);
    await markRevoked(tx, actor, [bounced], { corrected: "true" });
    return done([memberId, bounced.memberId]);
  });
}

/**
 * Locks the members of both addresses and returns the invitation with its policies. Locks the daily limits of
 * both addresses first, as inviting does, which also covers a member who is being inserted concurrently.
 */
async function lockBothMembers(tx: Tx, actor: Actor, invitation: string, address: string) {
  const organizationId = actor.organization.id;
  const where = { id: invitation, organizationId };
  const row = await tx.invitation.findFirst({ where, select: { email: true } });
  if (!row) return null;
  await lockQuota(tx, [actor.memberId, row.email, address]);
  await lockMembersByEmail(tx, organizationId, [row.email, address]);
  const found = await lockInvitation(tx, actor, invitation);
  if (!found) return null;
  const { delivery, language, name } = await tx.invitation.findFirstOrThrow({
    where,
    select: { delivery: true, language: true, name: true },
  });
  const policies = await tx.memberPolicy.findMany({
    where: { organizationId, memberId: found.memberId },
    select: { policyId: true },
  });
  const policyIds = policies.map(({ policyId }) => policyId);
  return { ...found, delivery: delivery as DeliveryStatus, language, name, policyIds };
}
