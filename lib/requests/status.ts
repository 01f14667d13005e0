import type { Permission } from "@/lib/permissions/permissions";

/** The status of a confirmed request. Unconfirmed requests are not visible to admins (REQ-E2). */
export type RequestStatus = "pending" | "stale" | "approved" | "dismissed";

export type RequestAction = "approve" | "dismiss";

/** The statuses that allow each action. */
const ALLOWED_STATUSES: Record<RequestAction, readonly RequestStatus[]> = {
  // A user needs no invitation (REQ-E4), so a stale request cannot be approved.
  approve: ["pending"],
  dismiss: ["pending", "stale"],
};
const REQUEST_ACTIONS = Object.keys(ALLOWED_STATUSES) as RequestAction[];

/** Returns the actions that a status allows. Used by both the rows and the commands. */
export function allowedRequestActions(status: RequestStatus): readonly RequestAction[] {
  return REQUEST_ACTIONS.filter((action) => ALLOWED_STATUSES[action].includes(status));
}

/** The permissions that the actions require. */
export const REQUEST_ACTION_PERMISSIONS = [
  "requests:approve",
  "requests:dismiss",
] as const satisfies Permission[];

/** Returns the status of a confirmed request: `stale` while it is pending and the requester is a user. */
export function requestStatusOf(row: {
  status: "pending" | "approved" | "dismissed";
  stale: boolean;
}): RequestStatus {
  return row.status === "pending" && row.stale ? "stale" : row.status;
}

/** Days after which a dismissed request is deleted, because it contains personal data without a purpose. */
export const DISMISSED_RETENTION_DAYS = 30;
