import { isPermission, PERMISSIONS, type Permission } from "@/lib/permissions/permissions";
import { permissionsOfRole, ROLE_NAMES, type Role } from "@/lib/permissions/roles";

/** What a member may do right now: the role, and every permission of role and policies, free strings included. */
export type Rights = { role: Role; permissions: ReadonlySet<string> };

/** A policy as far as giving it is concerned. */
export type GivenPolicy = { permissions: readonly string[]; isDefault: boolean };

/** What somebody would become. */
export type Gift = { role: Role; policies: readonly GivenPolicy[] };

/**
 * The rights of a member. Whoever joined without a proof of the mailbox has Member's rights until the address is
 * confirmed (REQ-D9).
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
 * The ceiling (REQ-A3): nobody gives what they do not hold. Only an Owner makes an Owner; free strings need
 * `roles:assign`; the organization's default role and policies may be given by any inviter.
 */
export function mayGive(giver: Rights, gift: Gift, defaultRole: Role): boolean {
  if (gift.role === "owner" && giver.role !== "owner") return false;
  const byRole = gift.role === defaultRole ? [] : permissionsOfRole(gift.role);
  const byPolicies = gift.policies
    .filter((policy) => !policy.isDefault)
    .flatMap((policy) => policy.permissions);
  return [...byRole, ...byPolicies].every((permission) =>
    giver.permissions.has(isPermission(permission) ? permission : "roles:assign"),
  );
}

/**
 * Does somebody reach a person, to edit, block, remove or revoke them (REQ-A3)? Only one who holds no more than they do.
 */
export function reaches(rights: Rights, person: Gift): boolean {
  const policies = person.policies.map((policy) => ({ ...policy, isDefault: false }));
  return mayGive(rights, { role: person.role, policies }, "member");
}

/** The roles an inviter may choose from, most powerful first. */
export function rolesToGive(giver: Rights, defaultRole: Role): Role[] {
  return (["owner", "admin", "member"] as const).filter((role) =>
    mayGive(giver, { role, policies: [] }, defaultRole),
  );
}

/** Which of these permissions somebody holds, as screens are told. */
export function heldOf<Wanted extends Permission>(
  rights: Rights,
  wanted: readonly Wanted[],
): Record<Wanted, boolean> {
  return Object.fromEntries(wanted.map((one) => [one, rights.permissions.has(one)])) as Record<
    Wanted,
    boolean
  >;
}

/** Permissions that come from the same sources. */
export type Grant = { from: string[]; permissions: string[] };

/**
 * What a role and these policies grant, and where each permission comes from (REQ-F2): in the order of the list of
 * permissions, the product's own free strings last.
 */
export function grantsOf(
  role: Role,
  policies: readonly { name: string; permissions: readonly string[] }[],
): Grant[] {
  const sources = [
    { name: `the role ${ROLE_NAMES[role]}`, permissions: permissionsOfRole(role) as readonly string[] },
    ...policies,
  ];
  const free = new Set(policies.flatMap((policy) => policy.permissions).filter((one) => !isPermission(one)));
  const grants: Grant[] = [];
  for (const permission of [...PERMISSIONS, ...[...free].sort()]) {
    const from = sources.filter((one) => one.permissions.includes(permission)).map(({ name }) => name);
    const known = grants.find((one) => one.from.join() === from.join());
    if (known) known.permissions.push(permission);
    else if (from.length > 0) grants.push({ from, permissions: [permission] });
  }
  return grants;
}
