import {
  INVITE_ANSWER_MESSAGES,
  INVITE_MESSAGES,
  type InviteAnswer,
  type InviteRefusal,
} from "@/lib/invitations/messages";
import type { Messages } from "@/lib/result/result";

export type AskRefusal = "requests-off" | "too-many" | "too-many-open";

export const ASK_MESSAGES: Messages<AskRefusal> = {
  "requests-off": "This organization takes no requests at the moment.",
  "too-many": ({ wait }) =>
    `An invitation was requested from here, or for this address, a moment ago. Come back in ${wait}.`,
  "too-many-open": ({ wait }) =>
    `More people have asked than can be answered, and have not confirmed their addresses. Come back in ${wait}.`,
};

export type ConfirmRequestRefusal = "dead-link" | "too-many" | "off" | "confirmed";

export const CONFIRM_REQUEST_MESSAGES: Messages<ConfirmRequestRefusal> = {
  "dead-link":
    "This link was used already, has ended, or never existed. You can ask again on the login page.",
  "too-many": ({ wait }) => `Too many wrong links came from your network. Come back in ${wait}.`,
  off: "This organization takes no requests any more, so nobody will see yours.",
  confirmed: "Your address is confirmed already. If you are invited, a letter comes.",
};

export type AskAgainRefusal = "unknown-code" | "too-many" | "asked-today" | "not-expired";

export const ASK_AGAIN_MESSAGES: Messages<AskAgainRefusal> = {
  "unknown-code": "We do not know this code. Look at it again: it has 20 letters and digits.",
  "too-many": ({ wait }) => `Too many wrong codes came from your network. Come back in ${wait}.`,
  "asked-today": ({ wait }) => `You have asked already, and were answered. You can ask again in ${wait}.`,
  "not-expired": "This invitation is not an expired one any more. Reload the page to see how it stands.",
};

export type RequestListRefusal = "search-too-slow" | "list-too-slow";

export const REQUEST_LIST_MESSAGES: Record<RequestListRefusal, string> = {
  "search-too-slow":
    "Too many requests would have to be looked at. Type more letters of the name or the address.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or sort by Requested.",
};

/** What ends a batch as a whole; what concerns one request is that request's answer. */
export const REQUEST_BULK_MESSAGES: Messages<RequestListRefusal | "rights-lost" | InviteRefusal> = {
  ...INVITE_MESSAGES,
  ...REQUEST_LIST_MESSAGES,
  "rights-lost": "You lost the permission for this meanwhile. An Owner or Admin can give it back.",
};

type Common = "not-found" | "answered-meanwhile";

const COMMON_MESSAGES: Messages<Common> = {
  "not-found": "This request does not exist, or you no longer have access to it.",
  "answered-meanwhile": "Somebody has answered this request meanwhile.",
};

/** Why a request brings no invitation: it was answered, or what inviting by hand would answer. */
export type ApproveRefusal = Common | Exclude<InviteAnswer, "invited" | "invited-again">;

export const APPROVE_MESSAGES: Messages<ApproveRefusal> = { ...INVITE_ANSWER_MESSAGES, ...COMMON_MESSAGES };

export type DismissRefusal = Common;

export const DISMISS_MESSAGES: Messages<DismissRefusal> = COMMON_MESSAGES;
