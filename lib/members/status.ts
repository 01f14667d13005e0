/** What Users says of somebody (R F1). */
export type UserStatus = "active" | "invited" | "expired" | "blocked" | "removed";

export const USER_STATUS_NAMES: Record<UserStatus, string> = {
  active: "Active",
  invited: "Invited",
  expired: "Invitation expired",
  blocked: "Blocked",
  removed: "Removed",
};
