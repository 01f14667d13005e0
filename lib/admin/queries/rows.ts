import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { findInvitations, type InvitationRow } from "@/lib/invitations/queries/list";
import { findUsers, type UserRow } from "@/lib/members/queries/list";
import { findRequests, type RequestRow } from "@/lib/requests/queries/list";

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

/** What is on screen: people of the lists or of a profile, and requests. */
export type Shown = { members: readonly string[]; requests: readonly string[] };

/** The rows of these people, with their latest invitations, and of these requests, as they are by now. */
export async function findCurrent(
  actor: Actor,
  { members, requests }: Shown,
): Promise<{ invitations: InvitationRow[]; users: UserRow[]; requests: RequestRow[] }> {
  const [latest, asked] = await Promise.all([
    db().member.findMany({
      where: { organizationId: actor.organization.id, id: { in: [...members] } },
      select: { id: true, invitationId: true },
    }),
    requests.length > 0 && actor.permissions.has("requests:read") ? findRequests(actor, requests) : [],
  ]);
  const changed = await findChanged(
    actor,
    latest.map(({ id, invitationId }) => ({ memberId: id, ...(invitationId ? { invitationId } : {}) })),
  );
  return { ...changed, requests: asked };
}
