import type { TimelineEntry } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import { findInviteOptions, type InviteOptions } from "@/lib/admin/queries/invite-options";
import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import {
  MOVE_NEEDS,
  makesOwnerless,
  mayGivePolicy,
  movesOf,
  type Obstacle,
  obstacleTo,
  rolesFor,
  type Subject,
  type UserMove,
} from "@/lib/members/moves";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import { findUsers, type UserRow } from "@/lib/members/queries/list";
import type { Role } from "@/lib/permissions/roles";
import { UNDO_MINUTES } from "@/lib/result/undo";

/** A user as their profile page shows them (REQ-F2). */
export type Profile = {
  user: UserRow;
  /** What a change has to name, so that two people editing notice each other. */
  version: number;
  joinedAt: Date | null;
  isActor: boolean;
  isLastOwner: boolean;
  /** Every policy of the organization, by name. */
  policies: ProfilePolicy[];
  /** The roles the actor may choose for this person. */
  roles: Role[];
  /** What the status allows, and what keeps the actor from it. */
  moves: ProfileMove[];
  /** For **Invite again**; null where it is not the time, or not the actor's to do. */
  inviteOptions: InviteOptions | null;
  /** The id of the invitation whose revocation the actor can still undo (REQ-C6). */
  undo: string | null;
  /** Newest first; the latest 100. */
  timeline: TimelineEntry[];
};

export type ProfilePolicy = {
  id: string;
  name: string;
  permissions: string[];
  held: boolean;
  /** May the actor give it to this person? */
  mayGive: boolean;
};

/** `isHeld`: the actor holds the permission the move asks for; then `obstacle` says what else is in the way. */
export type ProfileMove = { move: UserMove; isHeld: boolean; obstacle: Obstacle | null };

type Selected = Pick<Profile, "version" | "joinedAt" | "isLastOwner"> & {
  defaultRole: Role;
  policies: (Pick<ProfilePolicy, "id" | "name" | "permissions" | "held"> & { isDefault: boolean })[];
  undo: string | null;
};

/**
 * One user of the actor's organization with everything the page needs; null: not found, and another organization's
 * counts as that. What may be done is decided by the same rules as the commands decide by.
 */
export async function findProfile(actor: Actor, member: string): Promise<Profile | null> {
  assertMay(actor, "users:read");
  const [[user], row, timeline] = await Promise.all([
    findUsers(actor, [member]),
    selectProfile(actor, member),
    findTimeline(actor, member),
  ]);
  if (!user || !row || !timeline) return null;
  const held = row.policies.filter((policy) => policy.held);
  const subject: Subject = {
    role: user.role,
    policies: held,
    isActor: user.id === actor.memberId,
    isLastOwner: row.isLastOwner,
  };
  return {
    user,
    version: row.version,
    joinedAt: row.joinedAt,
    isActor: subject.isActor,
    isLastOwner: row.isLastOwner,
    policies: row.policies.map(({ isDefault, ...policy }) => ({
      ...policy,
      mayGive: mayGivePolicy(actor, subject, { permissions: policy.permissions, isDefault }),
    })),
    roles: rolesFor(actor, subject, row.defaultRole).filter((role) => !makesOwnerless(subject, role)),
    moves: movesOf(user.status).map((move) => ({
      move,
      isHeld: actor.permissions.has(MOVE_NEEDS[move]),
      obstacle: obstacleTo(move, actor, subject),
    })),
    inviteOptions: user.status === "removed" ? await findInviteOptions(actor) : null,
    undo: actor.permissions.has("invitations:revoke") ? row.undo : null,
    timeline,
  };
}

async function selectProfile(actor: Actor, member: string): Promise<Selected | undefined> {
  const [row] = await db().$queryRaw<Selected[]>`
    SELECT m.version, m.joined_at AS "joinedAt", ${isLastOwner} AS "isLastOwner", o.default_role AS "defaultRole",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'permissions', p.permissions,
                     'isDefault', p.is_default, 'held', mp.policy_id IS NOT NULL) ORDER BY lower(p.name), p.id), '[]')
            FROM policy p LEFT JOIN member_policy mp
              ON mp.organization_id = p.organization_id AND mp.policy_id = p.id AND mp.member_id = m.id
            WHERE p.organization_id = m.organization_id) AS policies,
           i.id AS undo
    FROM member m JOIN organization o ON o.id = m.organization_id
    LEFT JOIN invitation i ON i.id = m.invitation_id AND m.status = 'removed' AND i.settled_as = 'revoked'
      AND i.expires_at > clock_timestamp() AND i.settled_at > clock_timestamp() - make_interval(mins => ${UNDO_MINUTES}::int)
    WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ${member}::uuid`;
  return row;
}
