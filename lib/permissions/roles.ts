import { PERMISSIONS, type Permission } from "@/lib/permissions/permissions";

/** From the most to the least. */
export const ROLES = ["owner", "admin", "member"] as const;

export type Role = (typeof ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = { owner: "Owner", admin: "Admin", member: "Member" };

/** One line on what each may do, for whoever chooses one. */
export const ROLE_HINTS: Record<Role, string> = {
  owner: "Everything, and alone decides who else is an Owner.",
  admin: "Invites people and manages users, policies and settings.",
  member: "Belongs to the organization; what they may do comes from their policies.",
};

/** What a role holds by itself (REQ-A2): Owner and Admin everything, Member nothing. */
export function permissionsOfRole(role: Role): readonly Permission[] {
  return role === "member" ? [] : PERMISSIONS;
}
