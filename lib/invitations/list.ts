import { z } from "zod";
import { defineList, type ListState, timestampKey } from "@/lib/lists/list-state";
import { ROLES } from "@/lib/permissions/roles";

/** Options of the status filter; open invitations are the default (REQ-C9). */
export const INVITATION_LIST_STATUSES = [
  "open",
  "pending",
  "expired",
  "accepted",
  "declined",
  "revoked",
  "all",
] as const;
export type InvitationListStatus = (typeof INVITATION_LIST_STATUSES)[number];

/**
 * Options of the delivery filter. Cancelled is missing because only revoked invitations have cancelled
 * emails.
 */
export const INVITATION_LIST_DELIVERIES = [
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
// Stored addresses are printable ASCII.
const email = z.string().regex(/^[!-~]{1,254}$/);
const resends = z.int().min(0).max(32_767);

/**
 * Filters and sort orders of the invitation list, as they appear in the URL. The default order is latest
 * expiry first: the most recently sent invitations are on top, and pending and expired are two ranges of one
 * index (decision 0016).
 */
export const invitationList = defineList({
  filters: {
    status: z.enum(INVITATION_LIST_STATUSES).default("open"),
    delivery: z.enum(INVITATION_LIST_DELIVERIES).optional(),
    role: role.optional(),
    inviter: z.uuid().optional(),
  },
  sorts: {
    email: { first: "ascending", keys: [email] },
    status: { first: "descending", keys: [timestampKey] },
    role: { first: "descending", keys: [role, timestampKey] },
    resends: { first: "descending", keys: [resends, timestampKey] },
    sent: { first: "descending", keys: [timestampKey] },
  },
  defaultSort: "status",
});

export type InvitationColumn = "email" | "status" | "role" | "resends" | "sent";
export type InvitationListState = ListState<
  ReturnType<typeof invitationList.read>["filters"],
  InvitationColumn
>;
