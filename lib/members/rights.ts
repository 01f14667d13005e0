import { permissionsOfRole, type Role } from "@/lib/members/roles";
import { isPermission } from "@/lib/policies/permissions";

/** What a member may do right now: the role, and every permission of role and policies, free strings included. */
export type Rights = { role: Role; permissions: ReadonlySet<string> };

/** A policy as far as giving it is concerned. */
export type GivenPolicy = { permissions: readonly string[]; byDefault: boolean };

/** What somebody would become. */
export type Gift = { role: Role; policies: readonly GivenPolicy[] };

/**
 * The rights of a member. Whoever joined without a proof of the mailbox has Member's rights until the address is
 * confirmed (R D9).
 */
export function rightsOf(member: {
  role: Role;
  addressConfirmed: boolean;
  policyPermissions: readonly string[];
}): Rights {
  if (!member.addressConfirmed) return { role: "member", permissions: new Set() };
  return {
    role: member.role,
    permissions: new Set([...permissionsOfRole(member.role), ...member.policyPermissions]),
  };
}

/**
 * The ceiling (R A3): nobody gives what they do not hold. Only an Owner makes an Owner; free strings need
 * `roles:assign`; the organization's default role and policies may be given by any inviter.
 */
export function mayGive(giver: Rights, gift: Gift, defaultRole: Role): boolean {
  if (gift.role === "owner" && giver.role !== "owner") return false;
  const byRole = gift.role === defaultRole ? [] : permissionsOfRole(gift.role);
  const byPolicies = gift.policies
    .filter((policy) => !policy.byDefault)
    .flatMap((policy) => policy.permissions);
  return [...byRole, ...byPolicies].every((permission) =>
    giver.permissions.has(isPermission(permission) ? permission : "roles:assign"),
  );
}

/** The roles an inviter may choose from, most powerful first. */
export function rolesToGive(giver: Rights, defaultRole: Role): Role[] {
  return (["owner", "admin", "member"] as const).filter((role) =>
    mayGive(giver, { role, policies: [] }, defaultRole),
  );
}
