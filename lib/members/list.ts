import { z } from "zod";
import { defineList, type ListState, momentKey } from "@/lib/lists/list-state";
import { ROLES } from "@/lib/permissions/roles";

/** The filter by status: everybody with a place, one status of them, or those who have none any more (REQ-F1). */
export const LIST_STATUSES = ["present", "active", "invited", "expired", "blocked", "removed"] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];

/** The filter by policies: Members who hold none, as their rows are marked (REQ-B8). */
export const LIST_POLICIES = ["none"] as const;

// A name and an address as the database folds them; PostgreSQL stores no NUL.
const sortName = z
  .string()
  .max(2_000)
  .refine((text) => !text.includes("\0"));
const rank = z.int().min(1).max(ROLES.length);

/**
 * What can be asked of Users, and how the address bar says it. The usual order is by name. Invited and expired ones stand in
 * the order of expiry, latest first, because only the clock tells them apart (decision 0018).
 */
export const userList = defineList({
  filters: {
    status: z.enum(LIST_STATUSES).default("present"),
    role: z.enum(ROLES).optional(),
    policies: z.enum(LIST_POLICIES).optional(),
  },
  sorts: {
    name: { first: "ascending", keys: [sortName] },
    role: { first: "ascending", keys: [rank, sortName] },
    status: { first: "descending", keys: [momentKey, sortName] },
    active: { first: "descending", keys: [momentKey, sortName] },
  },
  defaultSort: ({ status }) => (status === "invited" || status === "expired" ? "status" : "name"),
});

export type UserColumn = "name" | "role" | "status" | "active";
export type UserListState = ListState<ReturnType<typeof userList.read>["filters"], UserColumn>;
