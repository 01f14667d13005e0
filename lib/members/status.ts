import type { Role } from "@/lib/permissions/roles";

/** What Users says of somebody (REQ-F1). */
export type UserStatus = "active" | "invited" | "expired" | "blocked" | "removed";

export const USER_STATUS_NAMES: Record<UserStatus, string> = {
  active: "Active",
  invited: "Invited",
  expired: "Invitation expired",
  blocked: "Blocked",
  removed: "Removed",
};

/** The mark of whoever may do nothing yet (REQ-B8). */
export const NO_POLICY = "No access policy";

/** Does somebody lack policies? A Member with a place and without any; Owners and Admins need none (REQ-B8). */
export function lacksPolicy(user: { role: Role; status: UserStatus; policies: readonly unknown[] }): boolean {
  return user.role === "member" && user.status !== "removed" && user.policies.length === 0;
}
