import type { Role } from "@/lib/permissions/roles";

/** The status shown in Users (REQ-F1). */
export type UserStatus = "active" | "invited" | "expired" | "blocked" | "removed";

export const USER_STATUS_NAMES: Record<UserStatus, string> = {
  active: "Active",
  invited: "Invited",
  expired: "Invitation expired",
  blocked: "Blocked",
  removed: "Removed",
};

/** Marks a Member without permissions (REQ-B8). */
export const NO_POLICY = "No access policy";

/**
 * Returns true for a Member without access policies who is not removed; Owners and Admins need none (REQ-B8).
 */
export function lacksPolicies(user: {
  role: Role;
  status: UserStatus;
  policies: readonly unknown[];
}): boolean {
  return user.role === "member" && user.status !== "removed" && user.policies.length === 0;
}
