import { z } from "zod";
import { defineList, type ListState, timestampKey } from "@/lib/lists/list-state";
import { ROLES } from "@/lib/permissions/roles";

/** The status filter: `present` is everyone except the removed (REQ-F1). */
export const USER_LIST_STATUSES = ["present", "active", "invited", "expired", "blocked", "removed"] as const;
export type UserListStatus = (typeof USER_LIST_STATUSES)[number];

/** The policy filter: `none` is Members without access policies, as marked in their rows (REQ-B8). */
export const USER_LIST_POLICIES = ["none"] as const;

// Name and address as folded by the database. PostgreSQL cannot store NUL.
const sortName = z
  .string()
  .max(2_000)
  .refine((text) => !text.includes("\0"));
const rank = z.int().min(1).max(ROLES.length);

/**
 * Parses and serializes the state of Users from the URL. The default sort is by name; for invited and expired
 * users it is by expiry, latest first, because only the clock distinguishes the two (decision 0018).
 */
export const userList = defineList({
  filters: {
    status: z.enum(USER_LIST_STATUSES).default("present"),
    role: z.enum(ROLES).optional(),
    policies: z.enum(USER_LIST_POLICIES).optional(),
  },
  sorts: {
    name: { first: "ascending", keys: [sortName] },
    role: { first: "ascending", keys: [rank, sortName] },
    status: { first: "descending", keys: [timestampKey, sortName] },
    active: { first: "descending", keys: [timestampKey, sortName] },
  },
  defaultSort: ({ status }) => (status === "invited" || status === "expired" ? "status" : "name"),
});

export type UserColumn = "name" | "role" | "status" | "active";
export type UserListState = ListState<ReturnType<typeof userList.read>["filters"], UserColumn>;
