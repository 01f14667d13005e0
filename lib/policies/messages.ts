import type { Permission } from "@/lib/policies/permissions";

/** Which right is missing, and who can give it (R A5). */
export function missingPermission(permission: Permission, organization: string): string {
  return `You need the permission ${permission} for this. An Owner or Admin of ${organization} can give it to you.`;
}

/** The same of several at once. */
export function missingPermissions(permissions: readonly Permission[], organization: string): string {
  const [first, ...others] = permissions;
  if (!first || others.length === 0) return first ? missingPermission(first, organization) : "";
  const list = `${permissions.slice(0, -1).join(", ")} and ${others.at(-1)}`;
  return `You need the permissions ${list} to change anything here. An Owner or Admin of ${organization} can give them to you.`;
}
