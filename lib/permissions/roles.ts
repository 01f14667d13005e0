import { PERMISSIONS, type Permission } from "@/lib/permissions/permissions";

/** Most powerful first. */
export const ROLES = ["owner", "admin", "member"] as const;

export type Role = (typeof ROLES)[number];

/** Returns the permissions of a role itself (REQ-A2): all for Owner and Admin, none for Member. */
export function permissionsOfRole(role: Role): readonly Permission[] {
  return role === "member" ? [] : PERMISSIONS;
}
