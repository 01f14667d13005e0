import { PERMISSIONS, type Permission } from "@/lib/permissions/permissions";

/** Most powerful first. */
export const ROLES = ["owner", "admin", "member"] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "Member" };

/** One line on what each role can do, shown where a role is chosen. */
export const ROLE_HINTS: Record<Role, string> = {
  owner: "Everything, and alone decides who else is an Owner.",
  admin: "Invites people and manages users, policies and settings.",
  member: "Belongs to the organization; what they may do comes from their policies.",
};

/** Returns the permissions of a role itself (REQ-A2): all for Owner and Admin, none for Member. */
export function permissionsOfRole(role: Role): readonly Permission[] {
  return role === "member" ? [] : PERMISSIONS;
}
