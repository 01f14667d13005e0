import { findProfile, type Profile } from "@/lib/admin/queries/profile";
import { type Actor, findActor } from "@/lib/auth/actor";
import { findInvitationsByIds, type InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";

/** `profile` is null if the actor can no longer read it. */
export type UpdatedUser = { profile: Profile | null; users: UserRow[]; invitations: InvitationRow[] };

/**
 * Returns the profile and the rows of a user who was just changed. Reads the actor's permissions again,
 * because actors can change their own.
 */
export async function findUpdatedUser(actor: Actor, member: string): Promise<UpdatedUser> {
  const current = await findActor(actor.accountId, actor.organization.slug);
  const profile = current?.permissions.has("users:read") ? await findProfile(current, member) : null;
  const invitation = current?.permissions.has("invitations:read") ? profile?.user.invitation : null;
  return {
    profile,
    users: profile ? [profile.user] : [],
    invitations: current && invitation ? await findInvitationsByIds(current, [invitation.id]) : [],
  };
}
