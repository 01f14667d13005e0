import {
  INVITE_ANSWER_WORDS,
  INVITE_WORDS,
  type InviteAnswer,
  type InviteRefusal,
} from "@/lib/invitations/messages";
import type { Words } from "@/lib/result/result";

export type AskRefusal = "requests-off" | "too-many" | "too-many-open";

export const ASK_WORDS: Words<AskRefusal> = {
  "requests-off": "This organization takes no requests at the moment.",
  "too-many": ({ wait }) =>
    `An invitation was requested from here, or for this address, a moment ago. Come back in ${wait}.`,
  "too-many-open": ({ wait }) =>
    `More people have asked than can be answered, and have not confirmed their addresses. Come back in ${wait}.`,
};

export type ConfirmRequestRefusal = "dead-link" | "too-many" | "off" | "confirmed";

export const CONFIRM_REQUEST_WORDS: Words<ConfirmRequestRefusal> = {
  "dead-link":
    "This link was used already, has ended, or never existed. You can ask again on the login page.",
  "too-many": ({ wait }) => `Too many wrong links came from your network. Come back in ${wait}.`,
  off: "This organization takes no requests any more, so nobody will see yours.",
  confirmed: "Your address is confirmed already. If you are invited, a letter comes.",
};

export type AskAgainRefusal = "unknown-code" | "too-many" | "asked-today" | "not-expired";

export const ASK_AGAIN_WORDS: Words<AskAgainRefusal> = {
  "unknown-code": "We do not know this code. Look at it again: it has 20 letters and digits.",
  "too-many": ({ wait }) => `Too many wrong codes came from your network. Come back in ${wait}.`,
  "asked-today": ({ wait }) => `You have asked already, and were answered. You can ask again in ${wait}.`,
  "not-expired": "This invitation is not an expired one any more. Reload the page to see how it stands.",
};

export type RequestListRefusal = "search-too-slow" | "list-too-slow";

export const REQUEST_LIST_WORDS: Record<RequestListRefusal, string> = {
  "search-too-slow":
    "Too many requests would have to be looked at. Type more letters of the name or the address.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or sort by Requested.",
};

/** What ends a batch as a whole; what concerns one request is that request's answer. */
export const REQUEST_BULK_WORDS: Words<RequestListRefusal | "rights-lost" | InviteRefusal> = {
  ...INVITE_WORDS,
  ...REQUEST_LIST_WORDS,
  "rights-lost": "You lost the permission for this meanwhile. An Owner or Admin can give it back.",
};

type Common = "not-found" | "answered-meanwhile";

const COMMON_WORDS: Words<Common> = {
  "not-found": "This request does not exist, or you no longer have access to it.",
  "answered-meanwhile": "Somebody has answered this request meanwhile.",
};

/** Why a request brings no invitation: it was answered, or what inviting by hand would answer. */
export type ApproveRefusal = Common | Exclude<InviteAnswer, "invited" | "invited-again">;

export const APPROVE_WORDS: Words<ApproveRefusal> = { ...INVITE_ANSWER_WORDS, ...COMMON_WORDS };

export type DismissRefusal = Common;

export const DISMISS_WORDS: Words<DismissRefusal> = COMMON_WORDS;
