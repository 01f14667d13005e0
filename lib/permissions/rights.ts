import { isPermission, PERMISSIONS, type Permission } from "@/lib/permissions/permissions";
import { permissionsOfRole, type Role } from "@/lib/permissions/roles";

/**
 * The effective rights of a member: the role, and every permission of role and policies, custom ones
 * included.
 */
export type Rights = { role: Role; permissions: ReadonlySet<string> };

/** The part of a policy that decides who can grant it. */
export type GrantablePolicy = { permissions: readonly string[]; isDefault: boolean };

/** A role and policies that a member has or would get. */
export type RoleAssignment = { role: Role; policies: readonly GrantablePolicy[] };

/**
 * Returns the effective rights of a member. A member who joined without proof of the mailbox has the rights
 * of a Member until the address is confirmed (REQ-D9).
 */
export function resolveRights(member: {
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
 * Returns true if the assignment is within the grantor's ceiling (REQ-A3): no one grants a permission that
 * they do not have. Only an Owner makes an Owner; custom permissions need `roles:assign`; every inviter can
 * grant the organization's default role and policies.
 */
export function canGrant(grantor: Rights, assignment: RoleAssignment, defaultRole: Role): boolean {
  if (assignment.role === "owner" && grantor.role !== "owner") return false;
  const byRole = assignment.role === defaultRole ? [] : permissionsOfRole(assignment.role);
  const byPolicies = assignment.policies
    .filter((policy) => !policy.isDefault)
    .flatMap((policy) => policy.permissions);
  return [...byRole, ...byPolicies].every((permission) =>
    grantor.permissions.has(isPermission(permission) ? permission : "roles:assign"),
  );
}

/**
 * Returns true if the member has no more access than the actor, who can then edit, block, remove or revoke
 * them (REQ-A3). Default policies count like any other here.
 */
export function canManage(rights: Rights, member: RoleAssignment): boolean {
  const policies = member.policies.map((policy) => ({ ...policy, isDefault: false }));
  return canGrant(rights, { role: member.role, policies }, "member");
}

/** Returns the roles that an inviter can choose from, most powerful first. */
export function assignableRoles(grantor: Rights, defaultRole: Role): Role[] {
  return (["owner", "admin", "member"] as const).filter((role) =>
    canGrant(grantor, { role, policies: [] }, defaultRole),
  );
}

/** Returns for each of these permissions whether it is among the rights, as plain props for a screen. */
export function pickPermissions<Picked extends Permission>(
  rights: Rights,
  picked: readonly Picked[],
): Record<Picked, boolean> {
  return Object.fromEntries(
    picked.map((permission) => [permission, rights.permissions.has(permission)]),
  ) as Record<Picked, boolean>;
}

/** Permissions that come from the same sources: the role, which is null if it grants none of them, and policies by name. */
export type PermissionGrant = { role: Role | null; policies: string[]; permissions: string[] };

/**
 * Returns what a role and these policies grant, and the sources of each permission (REQ-F2), in the order of
 * `PERMISSIONS`, custom permissions last.
 */
export function effectivePermissions(
  role: Role,
  policies: readonly { name: string; permissions: readonly string[] }[],
): PermissionGrant[] {
  const byRole: readonly string[] = permissionsOfRole(role);
  const custom = new Set(
    policies.flatMap((policy) => policy.permissions).filter((permission) => !isPermission(permission)),
  );
  const grants: PermissionGrant[] = [];
  for (const permission of [...PERMISSIONS, ...[...custom].sort()]) {
    const sources = {
      role: byRole.includes(permission) ? role : null,
      policies: policies.filter((policy) => policy.permissions.includes(permission)).map(({ name }) => name),
    };
    const sameSources = grants.find(
      (grant) => grant.role === sources.role && grant.policies.join() === sources.policies.join(),
    );
    if (sameSources) sameSources.permissions.push(permission);
    else if (sources.role || sources.policies.length > 0)
      grants.push({ ...sources, permissions: [permission] });
  }
  return grants;
}
