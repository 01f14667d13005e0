import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
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

/** The rows of both lists of these members, with their latest invitations, as they are by now. */
export async function findCurrent(actor: Actor, members: readonly string[]) {
  const latest = await db().member.findMany({
    where: { organizationId: actor.organization.id, id: { in: [...members] } },
    select: { id: true, invitationId: true },
  });
  return findChanged(
    actor,
    latest.map(({ id, invitationId }) => ({ memberId: id, ...(invitationId ? { invitationId } : {}) })),
  );
}
