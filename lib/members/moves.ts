import type { UserStatus } from "@/lib/members/status";
import type { Permission } from "@/lib/permissions/permissions";
import { type Gift, type GivenPolicy, mayGive, type Rights, reaches } from "@/lib/permissions/rights";
import { ROLES, type Role } from "@/lib/permissions/roles";

/** What can be done about a user on their profile (REQ-F2). */
export type UserMove = "change" | "block" | "unblock" | "remove" | "revoke" | "invite";

const MOVES: Record<UserStatus, readonly UserMove[]> = {
  active: ["change", "block", "remove"],
  blocked: ["change", "unblock", "remove"],
  // Who has not joined yet is not removed: their invitation is revoked.
  invited: ["change", "revoke"],
  expired: ["change", "revoke"],
  removed: ["invite"],
};

/** What a status allows. The profile page and the commands both read it. */
export function movesOf(status: UserStatus): readonly UserMove[] {
  return MOVES[status];
}

export const MOVE_NEEDS = {
  change: "roles:assign",
  block: "users:block",
  unblock: "users:block",
  remove: "users:remove",
  revoke: "invitations:revoke",
  invite: "invitations:create",
} as const satisfies Record<UserMove, Permission>;

/** What the actor holds of the permissions that changing many needs. */
export const MANY_NEED = ["roles:assign", "users:block"] as const satisfies Permission[];
export type MayToMany = Record<(typeof MANY_NEED)[number], boolean>;

/** Somebody as far as it matters who may do something to them. */
export type Subject = Gift & {
  /** The actor themselves. */
  isActor: boolean;
  /** Nobody else could act as an Owner if they could not (REQ-A4). */
  isLastOwner: boolean;
};

export type Obstacle = "yourself" | "owners-only" | "above-you" | "last-owner";

/**
 * Why an actor who holds the permission cannot do this to somebody; null: they can. Nobody blocks or removes themselves
 * (REQ-A4), nobody touches a person who holds more than they do, and only an Owner an Owner (REQ-A3). The last Owner stays:
 * blocking and removing would take them away; what a change makes of them is judged by `makesOwnerless`.
 */
export function obstacleTo(move: UserMove, rights: Rights, subject: Subject): Obstacle | null {
  const ends = move === "block" || move === "remove";
  if (ends && subject.isActor) return "yourself";
  // Inviting again begins anew: what somebody held before they were removed does not count any more.
  if (move !== "invite" && !reaches(rights, subject))
    return subject.role === "owner" ? "owners-only" : "above-you";
  return ends && subject.isLastOwner ? "last-owner" : null;
}

/** Would this role leave the organization without an Owner who can act (REQ-A4)? */
export function makesOwnerless(subject: Subject, role: Role): boolean {
  return subject.isLastOwner && role !== "owner";
}

/**
 * May the actor make this of somebody they reach (REQ-A3)? To themselves nobody gives the organization's defaults either:
 * those are for people who come in.
 */
export function mayMake(rights: Rights, subject: Subject, gift: Gift, defaultRole: Role): boolean {
  return subject.isActor ? reaches(rights, gift) : mayGive(rights, gift, defaultRole);
}

/** The roles the actor may choose for somebody, most powerful first; the one they have is always among them. */
export function rolesFor(rights: Rights, subject: Subject, defaultRole: Role): Role[] {
  return ROLES.filter(
    (role) => role === subject.role || mayMake(rights, subject, { role, policies: [] }, defaultRole),
  );
}

/** May the actor give somebody this policy? */
export function mayGivePolicy(rights: Rights, subject: Subject, policy: GivenPolicy): boolean {
  return mayMake(rights, subject, { role: "member", policies: [policy] }, "member");
}
