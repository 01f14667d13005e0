import {
  INVITE_MESSAGES,
  INVITEE_STATUS_MESSAGES,
  type InviteeStatus,
  type InviteRefusal,
} from "@/lib/invitations/messages";
import type { Messages } from "@/lib/result/result";

export type SubmitRequestRefusal = "requests-off" | "too-many" | "too-many-open";

export const SUBMIT_REQUEST_MESSAGES: Messages<SubmitRequestRefusal> = {
  "requests-off": "This organization takes no requests at the moment.",
  "too-many": ({ wait }) =>
    `A request was already made from your network or for this address. Try again in ${wait}.`,
  "too-many-open": ({ wait }) =>
    `More people have asked than can be answered, and have not confirmed their addresses. Come back in ${wait}.`,
};

export type ConfirmRequestRefusal = "invalid-link" | "too-many" | "off" | "confirmed";

export const CONFIRM_REQUEST_MESSAGES: Messages<ConfirmRequestRefusal> = {
  "invalid-link":
    "This link was used already, has ended, or never existed. You can ask again on the login page.",
  "too-many": ({ wait }) => `Too many wrong links came from your network. Come back in ${wait}.`,
  off: "This organization no longer accepts requests, so yours can't be confirmed.",
  confirmed: "Your request is already confirmed. We'll email you if you're invited.",
};

export type RequestNewInvitationRefusal = "unknown-code" | "too-many" | "requested-today" | "not-expired";

export const REQUEST_NEW_INVITATION_MESSAGES: Messages<RequestNewInvitationRefusal> = {
  "unknown-code": "Check the code: it has 20 letters and numbers.",
  "too-many": ({ wait }) => `Too many wrong codes came from your network. Come back in ${wait}.`,
  "requested-today": ({ wait }) => `You have asked already, and were answered. You can ask again in ${wait}.`,
  "not-expired": "This invitation is no longer expired. Reload the page.",
};

export type RequestListRefusal = "search-too-slow" | "list-too-slow";

export const REQUEST_LIST_MESSAGES: Record<RequestListRefusal, string> = {
  "search-too-slow": "Search is too broad. Type more of the name or address, or clear a filter.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or sort by Requested.",
};

/** Refusals of a whole batch. Refusals of single requests are in their results. */
export const REQUEST_BULK_MESSAGES: Messages<RequestListRefusal | "rights-lost" | InviteRefusal> = {
  ...INVITE_MESSAGES,
  ...REQUEST_LIST_MESSAGES,
  "rights-lost": "You no longer have permission to do this. Ask an Owner or Admin.",
};

type CommonRefusal = "not-found" | "already-answered";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "not-found": "This request does not exist, or you no longer have access to it.",
  "already-answered": "Someone else already answered this request.",
};

/** Why a request cannot be approved: it was answered, or its address cannot be invited. */
export type ApproveRequestRefusal = CommonRefusal | Exclude<InviteeStatus, "invited" | "invited-again">;

export const APPROVE_REQUEST_MESSAGES: Messages<ApproveRequestRefusal> = {
  ...INVITEE_STATUS_MESSAGES,
  ...COMMON_MESSAGES,
};

export type DismissRequestRefusal = CommonRefusal;

export const DISMISS_REQUEST_MESSAGES: Messages<DismissRequestRefusal> = COMMON_MESSAGES;
