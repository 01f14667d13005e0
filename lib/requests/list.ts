import { z } from "zod";
import { defineList, type ListState, momentKey } from "@/lib/lists/list-state";

/** The filter by status: what is open is what the list is for (REQ-E3). */
export const LIST_STATUSES = ["open", "pending", "stale", "approved", "dismissed", "all"] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];

// An address as it is stored: printable ASCII.
const email = z.string().regex(/^[!-~]{1,254}$/);

/** What can be asked of Invitation requests, and how the address bar says it. By default the latest comes first. */
export const requestList = defineList({
  filters: { status: z.enum(LIST_STATUSES).default("open") },
  sorts: {
    email: { first: "ascending", keys: [email] },
    requested: { first: "descending", keys: [momentKey] },
  },
  defaultSort: "requested",
});

export type RequestColumn = "email" | "requested";
export type RequestListState = ListState<ReturnType<typeof requestList.read>["filters"], RequestColumn>;
