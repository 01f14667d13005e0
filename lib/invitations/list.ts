import { z } from "zod";
import { defineList, type ListState, momentKey } from "@/lib/lists/list-state";
import { ROLES } from "@/lib/permissions/roles";

/** The filter by status: what is open is what the list is for (REQ-C9). */
export const LIST_STATUSES = [
  "open",
  "pending",
  "expired",
  "accepted",
  "declined",
  "revoked",
  "all",
] as const;
export type ListStatus = (typeof LIST_STATUSES)[number];

/** The states a letter of an open invitation can be in; a cancelled one belongs to a revoked. */
export const LIST_DELIVERIES = [
  "queued",
  "sent",
  "delivered",
  "delayed",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "kept",
] as const;

const role = z.enum(ROLES);
// An address as it is stored: printable ASCII.
const email = z.string().regex(/^[!-~]{1,254}$/);
const resends = z.int().min(0).max(32_767);

/**
 * What can be asked of Invitations, and how the address bar says it. By default the latest expiry comes first: what
 * was sent last is on top, and pending and expired are two halves of one index (decision 0016).
 */
export const invitationList = defineList({
  filters: {
    status: z.enum(LIST_STATUSES).default("open"),
    delivery: z.enum(LIST_DELIVERIES).optional(),
    role: role.optional(),
    inviter: z.uuid().optional(),
  },
  sorts: {
    email: { first: "ascending", keys: [email] },
    status: { first: "descending", keys: [momentKey] },
    role: { first: "descending", keys: [role, momentKey] },
    resends: { first: "descending", keys: [resends, momentKey] },
    sent: { first: "descending", keys: [momentKey] },
  },
  defaultSort: "status",
});

export type InvitationColumn = "email" | "status" | "role" | "resends" | "sent";
export type InvitationListState = ListState<
  ReturnType<typeof invitationList.read>["filters"],
  InvitationColumn
>;
