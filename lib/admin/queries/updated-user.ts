import { findProfile, type Profile } from "@/lib/admin/queries/profile";
import { type Actor, findActor } from "@/lib/auth/actor";
import { findInvitations, type InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";

/** `profile` is null where the actor may not read it any more. */
export type ChangedUser = { profile: Profile | null; users: UserRow[]; invitations: InvitationRow[] };

/**
 * The profile and the rows of both lists after somebody was changed, as far as the actor may read them by now: they may
 * have changed themselves.
 */
export async function findChangedUser(actor: Actor, member: string): Promise<ChangedUser> {
  const now = await findActor(actor.accountId, actor.organization.slug);
  const profile = now?.permissions.has("users:read") ? await findProfile(now, member) : null;
  const invitation = now?.permissions.has("invitations:read") ? profile?.user.invitation : null;
  return {
    profile,
    users: profile ? [profile.user] : [],
    invitations: now && invitation ? await findInvitations(now, [invitation.id]) : [],
  };
}
