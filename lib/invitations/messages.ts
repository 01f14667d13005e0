import { PASSWORD_MESSAGES } from "@/lib/accounts/messages";
import type { PasswordProblem } from "@/lib/crypto/password";
import type { InvalidAddressReason } from "@/lib/email-address/email-address";
import type { InvalidListReason } from "@/lib/invitations/list-file/decode";
import type { LineStatus } from "@/lib/invitations/list-file/validate-lines";
import type { InvitationStatus } from "@/lib/invitations/status";
import type { EmailSuppression } from "@/lib/mail/bounces";
import type { Messages } from "@/lib/result/result";

export const INVALID_ADDRESS_MESSAGES: Record<InvalidAddressReason, string> = {
  "no-address": "Not an email address. It looks like name@example.com.",
  invisible: "Holds an invisible character. Type the address by hand.",
  "two-ats": "Has more than one @.",
  "too-long": "Longer than an address can be.",
  "local-part": "Contains a character that isn't allowed before the @.",
  domain: "The domain isn't valid.",
};

/** Emails to the address are paused, because one bounced or was marked as spam (decision 0036). */
type SuppressedReason = `suppressed-${EmailSuppression}`;

const SUPPRESSED_MESSAGES: Record<SuppressedReason, string> = {
  "suppressed-bounced": "Emails are paused: one bounced. An admin can resume them.",
  "suppressed-complained": "Emails are paused: one was marked as spam. An admin can resume them.",
};

/** The result of inviting one address (REQ-B3). The first two mean that the address was invited. */
export type InviteeStatus =
  | "invited"
  | "invited-again"
  | "already-invited"
  | "already-a-user"
  | "blocked"
  | "refused-domain"
  | "recipient-limit"
  | "your-limit"
  | SuppressedReason
  | InvalidAddressReason;

export const INVITEE_STATUS_MESSAGES: Record<InviteeStatus, string> = {
  ...INVALID_ADDRESS_MESSAGES,
  ...SUPPRESSED_MESSAGES,
  invited: "Invited.",
  "invited-again": "The earlier invitation had expired; invited again.",
  "already-invited": "Already invited. Resend the invitation or copy its link in the list.",
  "already-a-user": "Already a user of this organization.",
  blocked: "Blocked here. Unblock this person instead of inviting them.",
  "refused-domain": "This organization does not invite addresses of this domain.",
  "recipient-limit": "This address has reached today's limit of 5 emails. Try again tomorrow.",
  "your-limit": "You have sent today's 2,000 invitations. Try again tomorrow.",
};

export type InviteRefusal = "rights-lost" | "above-you" | "policy-gone";

export const INVITE_MESSAGES: Messages<InviteRefusal> = {
  "rights-lost": "You no longer have permission to invite people. Ask an Owner or Admin.",
  "above-you": "You cannot give more than you hold yourself. Choose a lower role or fewer policies.",
  "policy-gone": "An access policy you chose has been deleted. Reload the page and choose again.",
};

/**
 * The status of a line of a list, before and after inviting (REQ-B5). Problem rows contain these texts and
 * can be uploaded again, so no text contains an address.
 */
export const LINE_STATUS_MESSAGES: Record<LineStatus | InviteeStatus, string> = {
  ...INVITEE_STATUS_MESSAGES,
  invited: "Invited",
  "invited-again": "Invited again",
  ready: "Ready",
  duplicate: "Duplicate",
  "two-addresses": "Two addresses: choose",
  skipped: "Skipped",
  "already-a-user": "Already a user",
  "already-invited": "Already invited",
  blocked: "Blocked here. Unblock this person instead.",
  "refused-domain": "Addresses of this domain are not invited here.",
  "no-address": "No address found",
};

/** Returns the message for a line; for a duplicate it names the line that has the address already. */
export function lineMessage({
  status,
  duplicateOf,
}: {
  status: LineStatus | InviteeStatus;
  duplicateOf?: number;
}): string {
  return status === "duplicate" && duplicateOf !== undefined
    ? `${LINE_STATUS_MESSAGES.duplicate} of line ${duplicateOf}`
    : LINE_STATUS_MESSAGES[status];
}

export const INVALID_LIST_MESSAGES: Messages<InvalidListReason> = {
  "too-large":
    "This file is larger than 10 MB. A list of 100 addresses is far smaller: is it the right file?",
  spreadsheet:
    "This is a spreadsheet or another document, not plain text. Save it as CSV there, and upload that.",
  "not-text": "This file is not plain text. Save the list as CSV, and upload that.",
  "line-too-long":
    "This file has a line of more than 100,000 characters. Save the list as CSV with one person in each line.",
  "too-many-lines":
    "This file has far more lines than a day has invitations, 2,000. Upload only the people to invite.",
  empty: "This file has no email addresses. Put one person on each line.",
};

export type UploadRefusal = InviteRefusal | InvalidListReason | "too-many-records" | "nothing-to-invite";

export const UPLOAD_MESSAGES: Messages<UploadRefusal> = {
  ...INVITE_MESSAGES,
  ...INVALID_LIST_MESSAGES,
  "too-many-records": ({ count }) => `${count} lines; the limit is 100. Nothing was sent. Split the list.`,
  "nothing-to-invite": "No line has an address to invite. Fix at least one.",
};

export type InvitationListRefusal = "search-too-slow" | "list-too-slow";

export const INVITATION_LIST_MESSAGES: Record<InvitationListRefusal, string> = {
  "search-too-slow": "Search is too broad. Type more of the address, or clear a filter.",
  "list-too-slow":
    "This combination is too much for a list of this size. Take out a filter, or sort by Status.",
};

/** Refusals of a whole batch of a bulk action; refusals of one invitation are in its result. */
export const INVITATION_BULK_MESSAGES: Messages<InvitationListRefusal | "rights-lost"> = {
  ...INVITATION_LIST_MESSAGES,
  "rights-lost": "You no longer have permission to do this. Ask an Owner or Admin.",
};

export type CopyRefusal = "rights-lost" | "above-you" | "not-found" | "not-pending";

export const COPY_MESSAGES: Messages<CopyRefusal> = {
  "rights-lost": "You no longer have permission to copy invitation links and codes. Ask an Owner or Admin.",
  "above-you": "This invitation gives more access than you have. Ask an Owner.",
  "not-found": "This invitation does not exist, or you no longer have access to it.",
  "not-pending": "Only a pending invitation can be copied; this one is not pending any more.",
};

type CommonRefusal = "rights-lost" | "above-you" | "not-found";
/** Reasons that concern sending an email to an address. */
type SendRefusal = "refused-domain" | "recipient-limit" | "your-limit";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "rights-lost": "You no longer have permission to do this. Ask an Owner or Admin.",
  "above-you": "This invitation gives more access than you have. Ask an Owner.",
  "not-found": "This invitation does not exist, or you no longer have access to it.",
};

const SEND_MESSAGES: Messages<SendRefusal> = {
  "refused-domain": "This organization does not invite addresses of this domain any more.",
  "recipient-limit":
    "This address has reached today's limit of 5 emails. Try again tomorrow or copy the link.",
  "your-limit": "You have sent today's 2,000 invitations. Try again tomorrow.",
};

export type ResendRefusal =
  | Exclude<CommonRefusal, "above-you">
  | SendRefusal
  | SuppressedReason
  | "not-pending"
  | "already-resent"
  | "resend-limit";

export const RESEND_MESSAGES: Messages<ResendRefusal> = {
  "rights-lost": COMMON_MESSAGES["rights-lost"],
  "not-found": COMMON_MESSAGES["not-found"],
  ...SEND_MESSAGES,
  ...SUPPRESSED_MESSAGES,
  "not-pending": "Only a pending invitation can be resent, and this one is not pending any more.",
  "already-resent": "Already resent just now.",
  "resend-limit": ({ used, limit }) =>
    `Resent ${used} of ${limit} times. Copy the link, or revoke and invite again.`,
};

export type RenewRefusal = CommonRefusal | SendRefusal | SuppressedReason | "not-expired";

export const RENEW_MESSAGES: Messages<RenewRefusal> = {
  ...COMMON_MESSAGES,
  ...SEND_MESSAGES,
  ...SUPPRESSED_MESSAGES,
  "not-expired": "Only an expired invitation can be replaced. Reload to see the latest status.",
};

export type RevokeRefusal = CommonRefusal | "not-open";

export const REVOKE_MESSAGES: Messages<RevokeRefusal> = {
  ...COMMON_MESSAGES,
  "not-open": "This invitation was already answered or revoked. Reload to see the latest status.",
};

export type CorrectRefusal =
  | CommonRefusal
  | Exclude<InviteeStatus, "invited" | "invited-again">
  | InviteRefusal
  | "not-bounced"
  | "same-address";

export const CORRECT_MESSAGES: Messages<CorrectRefusal> = {
  ...INVITEE_STATUS_MESSAGES,
  ...INVITE_MESSAGES,
  ...COMMON_MESSAGES,
  "not-bounced": "Only an open invitation that bounced can be corrected. Reload to see the latest status.",
  "same-address": "This is the address that bounced. Enter another one.",
};

const SEND_SUMMARY = {
  "refused-domain": "of a refused domain",
  "recipient-limit": "at today's email limit",
  "your-limit": "beyond your 2,000 of today",
};
const SUPPRESSED_SUMMARY = {
  "suppressed-bounced": "bounced",
  "suppressed-complained": "marked as spam before",
};
const COMMON_SUMMARY = { "above-you": "above your own rights", "not-found": "not found" };

/** The wording of each outcome in a summary, in its order: "12 resent, 3 at their limit". */
export const INVITATION_BULK_SUMMARY = {
  resend: {
    done: "resent",
    "resend-limit": "at their limit",
    "not-pending": "not pending",
    "already-resent": "already resent",
    ...SUPPRESSED_SUMMARY,
    ...SEND_SUMMARY,
    "not-found": COMMON_SUMMARY["not-found"],
  },
  renew: {
    done: "sent new",
    "not-expired": "not expired",
    ...SUPPRESSED_SUMMARY,
    ...SEND_SUMMARY,
    ...COMMON_SUMMARY,
  },
  revoke: { done: "revoked", "not-open": "not open any more", ...COMMON_SUMMARY },
} satisfies {
  resend: BulkSummary<ResendRefusal>;
  renew: BulkSummary<RenewRefusal>;
  revoke: BulkSummary<RevokeRefusal>;
};

/** A wording for each outcome; refusals of a whole batch are not counted. */
type BulkSummary<Reason extends string> = Record<Exclude<Reason, "rights-lost"> | "done", string>;

export type UndoRefusal = CommonRefusal | "too-late";

export const UNDO_MESSAGES: Messages<UndoRefusal> = {
  ...COMMON_MESSAGES,
  "too-late": "It is too late to undo this. Invite the person again instead.",
};

/**
 * Reasons that a code does not let the user join: the state of the invitation, or the account that is logged
 * in.
 */
export type AcceptRefusal =
  | "unknown-code"
  | "too-many"
  | Exclude<InvitationStatus, "pending">
  | "wrong-account"
  | "account-exists"
  | "address-unconfirmed"
  | "name-missing"
  | "password-missing"
  | PasswordProblem;

export const ACCEPT_MESSAGES: Messages<AcceptRefusal> = {
  ...PASSWORD_MESSAGES,
  "unknown-code": "Check the code: it has 20 letters and numbers.",
  "too-many": ({ wait }) => `Too many wrong codes came from your network. Come back in ${wait}.`,
  accepted: "This invitation was used already: it works once.",
  declined: "This invitation was declined.",
  revoked: "This invitation was revoked.",
  superseded: "A newer invitation was sent. Use the link in the most recent email.",
  expired: "This invitation has expired. Ask for a new one.",
  "wrong-account": "You are signed in with another address than the invited one. Sign out and continue.",
  "account-exists": "There is an account for this address already. Log in with it, then join.",
  "address-unconfirmed": "Confirm your address first: open the link in the invitation email.",
  "name-missing": "Tell us your name.",
  "password-missing": "Choose a password.",
};

/** The message if an invite or upload got no response. */
export const INVITE_UNREACHABLE_MESSAGE =
  "The server could not be reached. Send again: who was invited is not invited twice.";

export type RespondRefusal = AcceptRefusal | "not-available" | "no-longer-pending";

export const RESPOND_MESSAGES: Messages<RespondRefusal> = {
  ...ACCEPT_MESSAGES,
  "not-available": "This invitation is no longer available. Reload the page.",
  "no-longer-pending": "This invitation was already answered or revoked. Reload to see the latest status.",
};

export type DeclineRefusal =
  | "unknown-code"
  | "too-many"
  | Exclude<InvitationStatus, "pending">
  | "wrong-account"
  | "no-longer-pending";

export const DECLINE_MESSAGES: Messages<DeclineRefusal> = { ...RESPOND_MESSAGES };
