import { PASSWORD_MESSAGES } from "@/lib/accounts/messages";
import type { BadPassword } from "@/lib/crypto/password";
import type { BadAddress } from "@/lib/email-address/email-address";
import type { BadList } from "@/lib/invitations/list-file/decode";
import type { Verdict } from "@/lib/invitations/list-file/verdicts";
import type { InvitationStatus } from "@/lib/invitations/status";
import type { Stop } from "@/lib/mail/bounces";
import type { Messages } from "@/lib/result/result";

export const BAD_ADDRESS_MESSAGES: Record<BadAddress, string> = {
  "no-address": "Not an email address. It looks like name@example.com.",
  invisible: "Holds an invisible character. Type the address by hand.",
  "two-ats": "Has more than one @.",
  "too-long": "Longer than an address can be.",
  "local-part": "Has a letter before the @ that mail does not carry.",
  domain: "What stands after the @ is no mail domain.",
};

/** The address bounced for good, or its reader complained: nothing is sent there (decision 0036). */
type StopRefusal = `letters-${Stop}`;

const STOP_REFUSAL_MESSAGES: Record<StopRefusal, string> = {
  "letters-bounced":
    "A letter to this address bounced for good. If it is right, an administrator can allow letters there again.",
  "letters-complained":
    "A letter to this address was marked as spam. An administrator can allow letters there again.",
};

/** What became of one address of a list (REQ-B3). The first two are invited. */
export type InviteAnswer =
  | "invited"
  | "invited-again"
  | "already-invited"
  | "already-a-user"
  | "blocked"
  | "refused-domain"
  | "recipient-limit"
  | "your-limit"
  | StopRefusal
  | BadAddress;

export const INVITE_ANSWER_MESSAGES: Record<InviteAnswer, string> = {
  ...BAD_ADDRESS_MESSAGES,
  ...STOP_REFUSAL_MESSAGES,
  invited: "Invited.",
  "invited-again": "The earlier invitation had expired; invited again.",
  "already-invited": "Already invited. Resend the invitation or copy its link in the list.",
  "already-a-user": "Already a user of this organization.",
  blocked: "Blocked here. Unblock this person instead of inviting them.",
  "refused-domain": "This organization does not invite addresses of this domain.",
  "recipient-limit": "Has got 5 letters within a day. Try again tomorrow.",
  "your-limit": "You have sent today's 2,000 invitations. Try again tomorrow.",
};

export type InviteRefusal = "rights-lost" | "above-you" | "policy-gone";

export const INVITE_MESSAGES: Messages<InviteRefusal> = {
  "rights-lost": "You lost the permission invitations:create meanwhile. An Owner or Admin can give it back.",
  "above-you": "You cannot give more than you hold yourself. Choose a lower role or fewer policies.",
  "policy-gone": "One of the chosen policies was deleted meanwhile. Reload the page and choose again.",
};

/**
 * What becomes, or became, of a line of a list (REQ-B5). These words stand in problem rows that are uploaded again, so they
 * hold no example of an address.
 */
export const LINE_MESSAGES: Record<Verdict | InviteAnswer, string> = {
  ...INVITE_ANSWER_MESSAGES,
  invited: "Invited",
  "invited-again": "Invited again",
  ready: "Ready",
  duplicate: "Duplicate",
  "two-addresses": "Two addresses: choose",
  "left-out": "Left out",
  "already-a-user": "Already a user",
  "already-invited": "Already invited",
  blocked: "Blocked here. Unblock this person instead.",
  "refused-domain": "Addresses of this domain are not invited here.",
  "no-address": "No address found",
};

/** The words of one line; of a duplicate, which line has the address already. */
export function lineWords({ verdict, sameAs }: { verdict: Verdict | InviteAnswer; sameAs?: number }): string {
  return verdict === "duplicate" && sameAs !== undefined
    ? `${LINE_MESSAGES.duplicate} of line ${sameAs}`
    : LINE_MESSAGES[verdict];
}

export const BAD_LIST_MESSAGES: Messages<BadList> = {
  "too-large":
    "This file is larger than 10 MB. A list of 100 addresses is far smaller: is it the right file?",
  spreadsheet:
    "This is a spreadsheet or another document, not plain text. Save it as CSV there, and upload that.",
  "no-text": "This file is not plain text. Save the list as CSV, and upload that.",
  "endless-line":
    "This file has a line of more than 100,000 characters. Save the list as CSV with one person in each line.",
  "too-many-lines":
    "This file has far more lines than a day has invitations, 2,000. Upload only the people to invite.",
  empty: "There is nobody in this list. It takes one person in each line, with their address.",
};

export type UploadRefusal = InviteRefusal | BadList | "too-many-records" | "nobody-ready";

export const UPLOAD_MESSAGES: Messages<UploadRefusal> = {
  ...INVITE_MESSAGES,
  ...BAD_LIST_MESSAGES,
  "too-many-records": ({ count }) => `${count} lines; the limit is 100. Nobody was invited; split the list.`,
  "nobody-ready": "No line of this list has an address to invite. Mend at least one.",
};

export type ListRefusal = "search-too-slow" | "list-too-slow";

export const LIST_MESSAGES: Record<ListRefusal, string> = {
  "search-too-slow":
    "Too many addresses would have to be looked at. Type more letters of the address, and take out other filters.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or sort by Status.",
};

/** What ends a batch of a bulk action as a whole; what concerns one person is that person's answer. */
export const BULK_MESSAGES: Messages<ListRefusal | "rights-lost"> = {
  ...LIST_MESSAGES,
  "rights-lost": "You lost the permission for this meanwhile. An Owner or Admin can give it back.",
};

export type CopyRefusal = "rights-lost" | "above-you" | "not-found" | "not-pending";

export const COPY_MESSAGES: Messages<CopyRefusal> = {
  "rights-lost":
    "You lost the permission invitations:copy_link meanwhile. An Owner or Admin can give it back.",
  "above-you":
    "This invitation gives more than you hold yourself, so only somebody who holds as much can copy it.",
  "not-found": "This invitation does not exist, or you no longer have access to it.",
  "not-pending": "Only a pending invitation can be copied; this one is not pending any more.",
};

type CommonRefusal = "rights-lost" | "above-you" | "not-found";
/** Why nothing is sent to an address. */
type SendRefusal = "refused-domain" | "recipient-limit" | "your-limit";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "rights-lost": "You lost the permission for this meanwhile. An Owner or Admin can give it back.",
  "above-you":
    "This person was promised more than you hold yourself, so only somebody who holds as much can do this.",
  "not-found": "This invitation does not exist, or you no longer have access to it.",
};

const SEND_MESSAGES: Messages<SendRefusal> = {
  "refused-domain": "This organization does not invite addresses of this domain any more.",
  "recipient-limit": "This address has got 5 letters within a day. Try again tomorrow, or copy the link.",
  "your-limit": "You have sent today's 2,000 invitations. Try again tomorrow.",
};

export type ResendRefusal =
  | Exclude<CommonRefusal, "above-you">
  | SendRefusal
  | StopRefusal
  | "not-pending"
  | "sent-meanwhile"
  | "resend-limit";

export const RESEND_MESSAGES: Messages<ResendRefusal> = {
  "rights-lost": COMMON_MESSAGES["rights-lost"],
  "not-found": COMMON_MESSAGES["not-found"],
  ...SEND_MESSAGES,
  ...STOP_REFUSAL_MESSAGES,
  "not-pending": "Only a pending invitation can be resent, and this one is not pending any more.",
  "sent-meanwhile": "Sent a moment ago, by an earlier press or by somebody else.",
  "resend-limit": ({ used, limit }) =>
    `Resent ${used} of ${limit} times. Copy the link, or revoke and invite again.`,
};

export type RenewRefusal = CommonRefusal | SendRefusal | StopRefusal | "not-expired";

export const RENEW_MESSAGES: Messages<RenewRefusal> = {
  ...COMMON_MESSAGES,
  ...SEND_MESSAGES,
  ...STOP_REFUSAL_MESSAGES,
  "not-expired": "A new invitation can only follow one that has expired. Reload to see how this one stands.",
};

export type RevokeRefusal = CommonRefusal | "not-open";

export const REVOKE_MESSAGES: Messages<RevokeRefusal> = {
  ...COMMON_MESSAGES,
  "not-open": "This invitation was answered or taken back meanwhile. Reload to see how it stands.",
};

export type CorrectRefusal =
  | CommonRefusal
  | Exclude<InviteAnswer, "invited" | "invited-again">
  | InviteRefusal
  | "not-bounced"
  | "same-address";

export const CORRECT_MESSAGES: Messages<CorrectRefusal> = {
  ...INVITE_ANSWER_MESSAGES,
  ...INVITE_MESSAGES,
  ...COMMON_MESSAGES,
  "not-bounced":
    "Only the address of an open invitation whose letter came back can be corrected. Reload to see it.",
  "same-address": "This is the address that the letter came back from. Type the right one.",
};

const SHORT_SENDING = {
  "refused-domain": "of a refused domain",
  "recipient-limit": "had their 5 letters of today",
  "your-limit": "beyond your 2,000 of today",
};
const SHORT_STOPS = {
  "letters-bounced": "bounced for good before",
  "letters-complained": "marked as spam before",
};
const SHORT_COMMON = { "above-you": "above your own rights", "not-found": "not found" };

/** What is said of several who got an answer, in the order of a summary: "12 resent, 3 at their limit" (screens: Invitations). */
export const BULK_SHORT = {
  resend: {
    done: "resent",
    "resend-limit": "at their limit",
    "not-pending": "not pending",
    "sent-meanwhile": "sent a moment ago",
    ...SHORT_STOPS,
    ...SHORT_SENDING,
    "not-found": SHORT_COMMON["not-found"],
  },
  renew: {
    done: "sent new",
    "not-expired": "not expired",
    ...SHORT_STOPS,
    ...SHORT_SENDING,
    ...SHORT_COMMON,
  },
  revoke: { done: "revoked", "not-open": "not open any more", ...SHORT_COMMON },
} satisfies {
  resend: Short<ResendRefusal>;
  renew: Short<RenewRefusal>;
  revoke: Short<RevokeRefusal>;
};

/** One for each answer; what refuses all of them has its sentence alone. */
type Short<Reason extends string> = Record<Exclude<Reason, "rights-lost"> | "done", string>;

export type UndoRefusal = CommonRefusal | "too-late";

export const UNDO_MESSAGES: Messages<UndoRefusal> = {
  ...COMMON_MESSAGES,
  "too-late": "It is too late to undo this. Invite the person again instead.",
};

/** Why a code does not let somebody in: what became of the invitation, or who is asking. */
export type AcceptRefusal =
  | "unknown-code"
  | "too-many"
  | Exclude<InvitationStatus, "pending">
  | "somebody-else"
  | "account-exists"
  | "address-unconfirmed"
  | "name-missing"
  | "password-missing"
  | BadPassword;

export const ACCEPT_MESSAGES: Messages<AcceptRefusal> = {
  ...PASSWORD_MESSAGES,
  "unknown-code": "We do not know this code. Look at it again: it has 20 letters and digits.",
  "too-many": ({ wait }) => `Too many wrong codes came from your network. Come back in ${wait}.`,
  accepted: "This invitation was used already: it works once.",
  declined: "This invitation was declined.",
  revoked: "This invitation was taken back.",
  superseded: "A newer invitation has replaced this one. Look for the latest letter.",
  expired: "This invitation has expired. Ask whoever invited you to send a new one.",
  "somebody-else": "You are signed in with another address than the invited one. Sign out and continue.",
  "account-exists": "There is an account for this address already. Log in with it, then join.",
  "address-unconfirmed":
    "Confirm the address of your account first: open the invitation from the letter in your mailbox.",
  "name-missing": "Tell us your name.",
  "password-missing": "Choose a password.",
};

export type OfferRefusal = AcceptRefusal | "not-offered" | "no-longer-pending";

export const OFFER_MESSAGES: Messages<OfferRefusal> = {
  ...ACCEPT_MESSAGES,
  "not-offered": "This invitation does not wait for you any more. Reload the page to see what does.",
  "no-longer-pending":
    "This invitation was answered or taken back a moment ago. Reload the page to see how it stands.",
};

export type DeclineRefusal =
  | "unknown-code"
  | "too-many"
  | Exclude<InvitationStatus, "pending">
  | "somebody-else"
  | "no-longer-pending";

export const DECLINE_MESSAGES: Messages<DeclineRefusal> = { ...OFFER_MESSAGES };
