import { z } from "zod";
import { defineList, type ListState, timestampKey } from "@/lib/lists/list-state";

/** Values of the status filter. The default, `open`, shows the requests that need an answer (REQ-E3). */
export const REQUEST_LIST_STATUSES = ["open", "pending", "stale", "approved", "dismissed", "all"] as const;
export type RequestListStatus = (typeof REQUEST_LIST_STATUSES)[number];

// Addresses are stored as printable ASCII.
const email = z.string().regex(/^[!-~]{1,254}$/);

/**
 * Parses and serializes the state of the list Invitation requests in the URL. Sorted by newest first by
 * default.
 */
export const requestList = defineList({
  filters: { status: z.enum(REQUEST_LIST_STATUSES).default("open") },
  sorts: {
    email: { first: "ascending", keys: [email] },
    requested: { first: "descending", keys: [timestampKey] },
  },
  defaultSort: "requested",
});

export type RequestSortColumn = "email" | "requested";
export type RequestListState = ListState<ReturnType<typeof requestList.read>["filters"], RequestSortColumn>;
