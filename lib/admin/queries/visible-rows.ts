import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { findInvitationsByIds, type InvitationRow } from "@/lib/invitations/queries/list";
import { findUsersByIds, type UserRow } from "@/lib/members/queries/list";
import { findRequests, type RequestRow } from "@/lib/requests/queries/list";

/** Returns the rows that a command created or changed, of the lists that the actor can read. */
export async function findRowsByIds(
  actor: Actor,
  changed: readonly { invitationId?: string; memberId?: string }[],
): Promise<{ invitations: InvitationRow[]; users: UserRow[] }> {
  const invitationIds = changed.flatMap(({ invitationId }) => invitationId ?? []);
  const memberIds = changed.flatMap(({ memberId }) => memberId ?? []);
  const [invitations, users] = await Promise.all([
    actor.permissions.has("invitations:read") ? findInvitationsByIds(actor, invitationIds) : [],
    actor.permissions.has("users:read") ? findUsersByIds(actor, memberIds) : [],
  ]);
  return { invitations, users };
}

/** The ids on screen: members of a list or a profile, and requests. */
export type VisibleIds = { members: readonly string[]; requests: readonly string[] };

/** Returns the current rows of these members, with their current invitations, and of these requests. */
export async function findVisibleRows(
  actor: Actor,
  { members, requests }: VisibleIds,
): Promise<{ invitations: InvitationRow[]; users: UserRow[]; requests: RequestRow[] }> {
  const [currentInvitations, requestRows] = await Promise.all([
    db().member.findMany({
      where: { organizationId: actor.organization.id, id: { in: [...members] } },
      select: { id: true, invitationId: true },
    }),
    requests.length > 0 && actor.permissions.has("requests:read") ? findRequests(actor, requests) : [],
  ]);
  const changed = await findRowsByIds(
    actor,
    currentInvitations.map(({ id, invitationId }) => ({
      memberId: id,
      ...(invitationId ? { invitationId } : {}),
    })),
  );
  return { ...changed, requests: requestRows };
}
