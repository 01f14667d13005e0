import type { Actor } from "@/lib/auth/actor";
import { findInvitations, type InvitationRow } from "@/lib/invitations/queries/list";
import { findUsers, type UserRow } from "@/lib/members/queries/list";

/** The rows of both lists that a command has just made or changed, as far as the actor may read them: screens show them at once. */
export async function findChanged(
  actor: Actor,
  changed: readonly { invitationId?: string; memberId?: string }[],
): Promise<{ invitations: InvitationRow[]; users: UserRow[] }> {
  const invitationIds = changed.flatMap((one) => one.invitationId ?? []);
  const memberIds = changed.flatMap((one) => one.memberId ?? []);
  const [invitations, users] = await Promise.all([
    actor.permissions.has("invitations:read") ? findInvitations(actor, invitationIds) : [],
    actor.permissions.has("users:read") ? findUsers(actor, memberIds) : [],
  ]);
  return { invitations, users };
}
