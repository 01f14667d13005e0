import type { ActivityData } from "@/lib/activity/activity-types";
import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { removeInvitedMembers } from "@/lib/db/copies";
import { type InvitationForUpdate, lockInvitations, resultForEach } from "@/lib/invitations/commands/lock";
import type { RevokeRefusal } from "@/lib/invitations/messages";
import { allowedInvitationActions } from "@/lib/invitations/status";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import { canManage } from "@/lib/permissions/rights";
import { done, type Result, refused } from "@/lib/result/result";

type Revoked = { memberId: string };

/** Revokes one open invitation (REQ-C6), like `revokeInvitations`. */
export async function revokeInvitation(
  actor: Actor,
  input: { invitation: string },
): Promise<Result<Revoked, RevokeRefusal>> {
  return unwrapSingle(await revokeInvitations(actor, { invitations: [input.invitation] }));
}

/**
 * Revokes up to 100 open invitations in one transaction (REQ-C6, REQ-C9). Their codes stop working
 * immediately and emails that are still queued are cancelled. Refuses invitations that grant more than the
 * actor has (REQ-A3).
 */
export async function revokeInvitations(
  actor: Actor,
  { invitations }: { invitations: readonly string[] },
): Promise<Result<ItemResult<Revoked, RevokeRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:revoke", "share");
    if (!locked) return refused("rights-lost");
    const found = await lockInvitations(tx, actor, invitations);
    const refusalFor = (invitation: InvitationForUpdate) => {
      if (!allowedInvitationActions(invitation.status).includes("revoke")) return refused("not-open");
      return canManage(locked.rights, invitation) ? null : refused("above-you");
    };
    return done(
      await resultForEach(invitations, found, refusalFor, async (allowed) => {
        await markRevoked(tx, actor, allowed);
        return ({ memberId }) => done({ memberId });
      }),
    );
  });
}

/** Marks invitations as revoked, whose members the caller has locked; `data` is added to the activity. */
export async function markRevoked(
  tx: Tx,
  actor: Actor,
  invitations: readonly Pick<InvitationForUpdate, "id" | "memberId">[],
  data: ActivityData = {},
): Promise<void> {
  const ids = invitations.map(({ id }) => id);
  const memberIds = invitations.map(({ memberId }) => memberId);
  await tx.$executeRaw`
    UPDATE invitation SET settled_as = 'revoked', settled_at = clock_timestamp() WHERE id = ANY(${ids}::uuid[])`;
  await removeInvitedMembers(tx, memberIds);
  await logActivities(
    tx,
    actor,
    "revoked",
    invitations.map(({ id, memberId }) => ({ id, memberId, data })),
  );
}
