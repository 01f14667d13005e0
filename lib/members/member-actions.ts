import type { UserStatus } from "@/lib/members/status";
import type { Permission } from "@/lib/permissions/permissions";
import {
  canGrant,
  canManage,
  type GrantablePolicy,
  type Rights,
  type RoleAssignment,
} from "@/lib/permissions/rights";
import { ROLES, type Role } from "@/lib/permissions/roles";

/** What an admin can do with a user on the profile page (REQ-F2). */
export type MemberAction = "change" | "block" | "unblock" | "remove" | "revoke" | "invite";

/** The statuses that allow each action. */
const ALLOWED_STATUSES: Record<MemberAction, readonly UserStatus[]> = {
  change: ["active", "blocked", "invited", "expired"],
  block: ["active"],
  unblock: ["blocked"],
  remove: ["active", "blocked"],
  // A user who has not joined cannot be removed; their invitation is revoked instead.
  revoke: ["invited", "expired"],
  invite: ["removed"],
};
const MEMBER_ACTIONS = Object.keys(ALLOWED_STATUSES) as MemberAction[];

/** Returns the actions that a status allows. The profile page and the commands both read it. */
export function allowedMemberActions(status: UserStatus): readonly MemberAction[] {
  return MEMBER_ACTIONS.filter((action) => ALLOWED_STATUSES[action].includes(status));
}

export const MEMBER_ACTION_PERMISSIONS = {
  change: "roles:assign",
  block: "users:block",
  unblock: "users:block",
  remove: "users:remove",
  revoke: "invitations:revoke",
  invite: "invitations:create",
} as const satisfies Record<MemberAction, Permission>;

/** The permissions that the bulk actions of Users depend on. */
export const BULK_PERMISSIONS = ["roles:assign", "users:block"] as const satisfies Permission[];
export type BulkPermissions = Record<(typeof BULK_PERMISSIONS)[number], boolean>;

/** The part of a member that decides who can act on them. */
export type TargetMember = RoleAssignment & {
  /** The actor's own membership. */
  isActor: boolean;
  /** No other member can act as an Owner (REQ-A4). */
  isLastOwner: boolean;
};

export type MemberActionRefusal = "yourself" | "owners-only" | "above-you" | "last-owner";

/**
 * Returns why an actor with the required permission still cannot act on the target, or null if they can. No
 * one blocks or removes themselves (REQ-A4) or acts on a member with more access; only an Owner acts on an
 * Owner (REQ-A3). The last Owner cannot be blocked or removed; `removesLastOwner` decides about a change of
 * role.
 */
export function disabledMemberReason(
  action: MemberAction,
  rights: Rights,
  target: TargetMember,
): MemberActionRefusal | null {
  const endsAccess = action === "block" || action === "remove";
  if (endsAccess && target.isActor) return "yourself";
  // A removed user has no access, so the role of the removed membership does not count when inviting again.
  if (action !== "invite" && !canManage(rights, target))
    return target.role === "owner" ? "owners-only" : "above-you";
  return endsAccess && target.isLastOwner ? "last-owner" : null;
}

/** Returns true if this role would leave the organization without an Owner who can act (REQ-A4). */
export function removesLastOwner(target: TargetMember, role: Role): boolean {
  return target.isLastOwner && role !== "owner";
}

/**
 * Returns true if the actor can give the target this assignment (REQ-A3); `canManage` is checked separately.
 * The organization's defaults are an exception for new people, so actors cannot grant them to themselves.
 */
export function canChangeTo(
  rights: Rights,
  target: TargetMember,
  assignment: RoleAssignment,
  defaultRole: Role,
): boolean {
  return target.isActor ? canManage(rights, assignment) : canGrant(rights, assignment, defaultRole);
}

/**
 * Returns the roles that the actor can choose for the target, most powerful first; always includes the
 * current one.
 */
export function assignableRolesFor(rights: Rights, target: TargetMember, defaultRole: Role): Role[] {
  return ROLES.filter(
    (role) => role === target.role || canChangeTo(rights, target, { role, policies: [] }, defaultRole),
  );
}

/** Returns true if the actor can give the target this policy. */
export function canGrantPolicyTo(rights: Rights, target: TargetMember, policy: GrantablePolicy): boolean {
  return canChangeTo(rights, target, { role: "member", policies: [policy] }, "member");
}
