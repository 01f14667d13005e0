import type { Permission } from "@/lib/permissions/permissions";

/** What a request is to whoever answers requests. Before its address is confirmed it is nothing to them (REQ-E2). */
export type RequestStatus = "pending" | "stale" | "approved" | "dismissed";

/** The words on screen; the documents' own where they have one. */
export const STATUS_NAMES: Record<RequestStatus, string> = {
  pending: "Waiting",
  stale: "Already a user",
  approved: "Invited",
  dismissed: "Dismissed",
};

export type RequestMove = "approve" | "dismiss";

const MOVES: Record<RequestStatus, readonly RequestMove[]> = {
  pending: ["approve", "dismiss"],
  // Whoever is in needs no invitation (REQ-E4).
  stale: ["dismiss"],
  approved: [],
  dismissed: [],
};

/** What its status allows. Rows and commands both read it. */
export function movesFrom(status: RequestStatus): readonly RequestMove[] {
  return MOVES[status];
}

/** What each move asks for. */
export const REQUEST_MOVES = ["requests:approve", "requests:dismiss"] as const satisfies Permission[];

/** The status of a row that somebody confirmed: `stale` while its person is a user. */
export function statusOf(row: {
  status: "pending" | "approved" | "dismissed";
  stale: boolean;
}): RequestStatus {
  return row.status === "pending" && row.stale ? "stale" : row.status;
}

/** A dismissed request is somebody's name and address without a place: so long it is kept. */
export const FORGET_DAYS = 30;
