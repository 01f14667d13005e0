import type { TimelineEntry } from "@/lib/activity/activity-types";
import { findTimeline } from "@/lib/activity/queries";
import { findInviteOptions, type InviteOptions } from "@/lib/admin/queries/invite-options";
import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import {
  allowedMemberActions,
  assignableRolesFor,
  canGrantPolicyTo,
  disabledMemberReason,
  MEMBER_ACTION_PERMISSIONS,
  type MemberAction,
  type MemberActionRefusal,
  removesLastOwner,
  type TargetMember,
} from "@/lib/members/member-actions";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import { findUsersByIds, type UserRow } from "@/lib/members/queries/list";
import type { Role } from "@/lib/permissions/roles";
import { UNDO_MINUTES } from "@/lib/result/undo";

/** A user for the profile page (REQ-F2). */
export type Profile = {
  user: UserRow;
  /** Sent with a change to detect concurrent changes. */
  version: number;
  joinedAt: Date | null;
  isActor: boolean;
  isLastOwner: boolean;
  /** Every policy of the organization, by name. */
  policies: ProfilePolicy[];
  /** The roles that the actor can choose for this user. */
  roles: Role[];
  /** The actions that the user's status allows. */
  actions: ProfileAction[];
  /** For **Invite again**; null if the user is not removed or the actor cannot invite. */
  inviteOptions: InviteOptions | null;
  /** The id of the invitation whose revocation the actor can still undo (REQ-C6). */
  undoInvitationId: string | null;
  /** Newest first; the latest 100. */
  timeline: TimelineEntry[];
};

export type ProfilePolicy = {
  id: string;
  name: string;
  permissions: string[];
  isAssigned: boolean;
  /** The actor can give it to this user. */
  isGrantable: boolean;
};

/**
 * `isPermitted`: the actor has the required permission; `reason`: why a permitted action is still disabled.
 */
export type ProfileAction = {
  action: MemberAction;
  isPermitted: boolean;
  reason: MemberActionRefusal | null;
};

type SelectedProfile = Pick<Profile, "version" | "joinedAt" | "isLastOwner"> & {
  defaultRole: Role;
  policies: (Pick<ProfilePolicy, "id" | "name" | "permissions" | "isAssigned"> & { isDefault: boolean })[];
  undoInvitationId: string | null;
};

/**
 * Returns a user of the actor's organization for the profile page; null if not found. The same rules
 * as in the commands decide which actions are allowed.
 */
export async function findProfile(actor: Actor, member: string): Promise<Profile | null> {
  assertPermission(actor, "users:read");
  const [[user], row, timeline] = await Promise.all([
    findUsersByIds(actor, [member]),
    selectProfile(actor, member),
    findTimeline(actor, member),
  ]);
  if (!user || !row || !timeline) return null;
  const assigned = row.policies.filter((policy) => policy.isAssigned);
  const target: TargetMember = {
    role: user.role,
    policies: assigned,
    isActor: user.id === actor.memberId,
    isLastOwner: row.isLastOwner,
  };
  return {
    user,
    version: row.version,
    joinedAt: row.joinedAt,
    isActor: target.isActor,
    isLastOwner: row.isLastOwner,
    policies: row.policies.map(({ isDefault, ...policy }) => ({
      ...policy,
      isGrantable: canGrantPolicyTo(actor, target, { permissions: policy.permissions, isDefault }),
    })),
    roles: assignableRolesFor(actor, target, row.defaultRole).filter(
      (role) => !removesLastOwner(target, role),
    ),
    actions: allowedMemberActions(user.status).map((action) => ({
      action,
      isPermitted: actor.permissions.has(MEMBER_ACTION_PERMISSIONS[action]),
      reason: disabledMemberReason(action, actor, target),
    })),
    inviteOptions: user.status === "removed" ? await findInviteOptions(actor) : null,
    undoInvitationId: actor.permissions.has("invitations:revoke") ? row.undoInvitationId : null,
    timeline,
  };
}

async function selectProfile(actor: Actor, member: string): Promise<SelectedProfile | undefined> {
  const [row] = await db().$queryRaw<SelectedProfile[]>`
    SELECT m.version, m.joined_at AS "joinedAt", ${isLastOwner} AS "isLastOwner", o.default_role AS "defaultRole",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'permissions', p.permissions,
                     'isDefault', p.is_default, 'isAssigned', mp.policy_id IS NOT NULL) ORDER BY lower(p.name), p.id), '[]')
            FROM policy p LEFT JOIN member_policy mp
              ON mp.organization_id = p.organization_id AND mp.policy_id = p.id AND mp.member_id = m.id
            WHERE p.organization_id = m.organization_id) AS policies,
           i.id AS "undoInvitationId"
    FROM member m JOIN organization o ON o.id = m.organization_id
    LEFT JOIN invitation i ON i.id = m.invitation_id AND m.status = 'removed' AND i.settled_as = 'revoked'
      AND i.expires_at > clock_timestamp()
      AND i.settled_at > clock_timestamp() - make_interval(mins => ${UNDO_MINUTES}::int)
    WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ${member}::uuid`;
  return row;
}
