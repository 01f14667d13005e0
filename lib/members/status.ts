import type { Role } from "@/lib/permissions/roles";

/** The status shown in Users (REQ-F1). */
export type UserStatus = "active" | "invited" | "expired" | "blocked" | "removed";

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
