import {
  INVITE_MESSAGES,
  INVITEE_STATUS_MESSAGES,
  type InviteeStatus,
  type InviteRefusal,
} from "@/lib/invitations/messages";
import type { Messages } from "@/lib/result/result";

export type SubmitRequestRefusal = "requests-off" | "too-many" | "too-many-open";

export const SUBMIT_REQUEST_MESSAGES: Messages<SubmitRequestRefusal> = {
  "requests-off": "requests.refusals.submit.requests-off",
  "too-many": "requests.refusals.submit.too-many",
  "too-many-open": "requests.refusals.submit.too-many-open",
};

export type ConfirmRequestRefusal = "invalid-link" | "too-many" | "off" | "confirmed";

export const CONFIRM_REQUEST_MESSAGES: Messages<ConfirmRequestRefusal> = {
  "invalid-link": "requests.refusals.confirm.invalid-link",
  "too-many": "requests.refusals.confirm.too-many",
  off: "requests.refusals.confirm.off",
  confirmed: "requests.refusals.confirm.confirmed",
};

export type RequestNewInvitationRefusal = "unknown-code" | "too-many" | "requested-today" | "not-expired";

export const REQUEST_NEW_INVITATION_MESSAGES: Messages<RequestNewInvitationRefusal> = {
  "unknown-code": "join.refusals.unknown-code",
  "too-many": "join.refusals.too-many",
  "requested-today": "requests.refusals.renew.requested-today",
  "not-expired": "requests.refusals.renew.not-expired",
};

export type RequestListRefusal = "search-too-slow" | "list-too-slow";

export const REQUEST_LIST_MESSAGES: Messages<RequestListRefusal> = {
  "search-too-slow": "admin.refusals.search-too-slow",
  "list-too-slow": "admin.requests.refusals.list-too-slow",
};

/** Refusals of a whole batch. Refusals of single requests are in their results. */
export const REQUEST_BULK_MESSAGES: Messages<RequestListRefusal | "rights-lost" | InviteRefusal> = {
  ...INVITE_MESSAGES,
  ...REQUEST_LIST_MESSAGES,
  "rights-lost": "admin.refusals.rights-lost",
};

type CommonRefusal = "not-found" | "already-answered";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "not-found": "errors.actions.not-found",
  "already-answered": "admin.requests.refusals.already-answered",
};

/** Why a request cannot be approved: it was answered, or its address cannot be invited. */
export type ApproveRequestRefusal = CommonRefusal | Exclude<InviteeStatus, "invited" | "invited-again">;

export const APPROVE_REQUEST_MESSAGES: Messages<ApproveRequestRefusal> = {
  ...INVITEE_STATUS_MESSAGES,
  ...COMMON_MESSAGES,
};

export type DismissRequestRefusal = CommonRefusal;

export const DISMISS_REQUEST_MESSAGES: Messages<DismissRequestRefusal> = COMMON_MESSAGES;
