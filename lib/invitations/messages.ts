import { PASSWORD_MESSAGES } from "@/lib/accounts/messages";
import type { PasswordProblem } from "@/lib/crypto/password";
import type { InvalidAddressReason } from "@/lib/email-address/email-address";
import type { MessageKey, Translator } from "@/lib/i18n/messages";
import type { InvalidListReason } from "@/lib/invitations/list-file/decode";
import type { Encoding } from "@/lib/invitations/list-file/encodings";
import type { LineNoteReason, LineStatus } from "@/lib/invitations/list-file/validate-lines";
import type { InvitationStatus } from "@/lib/invitations/status";
import type { EmailSuppression } from "@/lib/mail/bounces";
import type { Messages } from "@/lib/result/result";

/** Emails to the address are paused, because one bounced or was marked as spam (decision 0036). */
type SuppressedReason = `suppressed-${EmailSuppression}`;

const SUPPRESSED_MESSAGES: Messages<SuppressedReason> = {
  "suppressed-bounced": "admin.invitations.invitees.suppressed-bounced",
  "suppressed-complained": "admin.invitations.invitees.suppressed-complained",
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

export const INVITEE_STATUS_MESSAGES: Messages<InviteeStatus> = {
  ...SUPPRESSED_MESSAGES,
  invited: "admin.invitations.invitees.invited",
  "invited-again": "admin.invitations.invitees.invited-again",
  "already-invited": "admin.invitations.invitees.already-invited",
  "already-a-user": "admin.invitations.invitees.already-a-user",
  blocked: "admin.invitations.invitees.blocked",
  "refused-domain": "admin.invitations.invitees.refused-domain",
  "recipient-limit": "admin.invitations.invitees.recipient-limit",
  "your-limit": "admin.invitations.invitees.your-limit",
  "no-address": "admin.invitations.invitees.no-address",
  invisible: "admin.invitations.invitees.invisible",
  "two-ats": "admin.invitations.invitees.two-ats",
  "too-long": "admin.invitations.invitees.too-long",
  "local-part": "admin.invitations.invitees.local-part",
  domain: "admin.invitations.invitees.domain",
};

export type InviteRefusal = "rights-lost" | "above-you" | "policy-gone";

export const INVITE_MESSAGES: Messages<InviteRefusal> = {
  "rights-lost": "admin.invitations.invite.refusals.rights-lost",
  "above-you": "admin.refusals.exceeds-ceiling",
  "policy-gone": "admin.refusals.policy-gone",
};

/**
 * The status of a line of a list, before and after inviting (REQ-B5). Problem rows contain these texts and
 * can be uploaded again, so no text contains an address.
 */
export const LINE_STATUS_MESSAGES: Messages<LineStatus | InviteeStatus> = {
  ...INVITEE_STATUS_MESSAGES,
  ready: "admin.invitations.lines.ready",
  confirm: "admin.invitations.lines.confirm",
  "commented-out": "admin.invitations.lines.commented-out",
  skipped: "admin.invitations.lines.skipped",
  duplicate: "admin.invitations.lines.duplicate",
  "two-addresses": "admin.invitations.lines.two-addresses",
  invited: "admin.invitations.lines.invited",
  "invited-again": "admin.invitations.lines.invited-again",
  "already-a-user": "admin.invitations.lines.already-a-user",
  "already-invited": "admin.invitations.lines.already-invited",
  "no-address": "admin.invitations.lines.no-address",
};

/** Why a value of the file is not applied to its person; the value is `text` (REQ-B10). */
export const LINE_NOTE_MESSAGES: Messages<LineNoteReason> = {
  "unknown-role": "admin.invitations.lines.notes.unknown-role",
  "role-above-you": "admin.invitations.lines.notes.role-above-you",
  "unknown-policy": "admin.invitations.lines.notes.unknown-policy",
  "policy-above-you": "admin.invitations.lines.notes.policy-above-you",
  "unknown-language": "admin.invitations.lines.notes.unknown-language",
};

/** Returns the message for a line; for a duplicate it names the line that has the address already. */
export function lineMessage(
  t: Translator,
  { status, duplicateOf }: { status: LineStatus | InviteeStatus; duplicateOf?: number },
): string {
  return status === "duplicate" && duplicateOf !== undefined
    ? t("admin.invitations.lines.duplicateOf", { line: duplicateOf })
    : t(LINE_STATUS_MESSAGES[status]);
}

export const INVALID_LIST_MESSAGES: Messages<InvalidListReason> = {
  "too-large": "admin.invitations.upload.refusals.too-large",
  "not-text": "admin.invitations.upload.refusals.not-text",
  "web-page": "admin.invitations.upload.refusals.web-page",
  pdf: "admin.invitations.upload.refusals.pdf",
  image: "admin.invitations.upload.refusals.image",
  ods: "admin.invitations.upload.refusals.ods",
  numbers: "admin.invitations.upload.refusals.numbers",
  "old-spreadsheet": "admin.invitations.upload.refusals.old-spreadsheet",
  "protected-spreadsheet": "admin.invitations.upload.refusals.protected-spreadsheet",
  "damaged-spreadsheet": "admin.invitations.upload.refusals.damaged-spreadsheet",
  "spreadsheet-too-large": "admin.invitations.upload.refusals.spreadsheet-too-large",
  "formulas-without-results": "admin.invitations.upload.refusals.formulas-without-results",
  "sheet-not-found": "admin.invitations.upload.refusals.sheet-not-found",
  document: "admin.invitations.upload.refusals.document",
  archive: "admin.invitations.upload.refusals.archive",
  "line-too-long": "admin.invitations.upload.refusals.line-too-long",
  "too-many-lines": "admin.invitations.upload.refusals.too-many-lines",
  "too-many-columns": "admin.invitations.upload.refusals.too-many-columns",
  empty: "admin.invitations.upload.refusals.empty",
};

/** The names of the encodings in the select of the upload dialog. */
export const ENCODING_MESSAGES: Messages<Encoding> = {
  "utf-8": "admin.invitations.upload.encodings.utf-8",
  "utf-16le": "admin.invitations.upload.encodings.utf-16le",
  "utf-16be": "admin.invitations.upload.encodings.utf-16be",
  "windows-1250": "admin.invitations.upload.encodings.windows-1250",
  "windows-1251": "admin.invitations.upload.encodings.windows-1251",
  "windows-1252": "admin.invitations.upload.encodings.windows-1252",
  "windows-1253": "admin.invitations.upload.encodings.windows-1253",
  "windows-1254": "admin.invitations.upload.encodings.windows-1254",
  "windows-1255": "admin.invitations.upload.encodings.windows-1255",
  "windows-1256": "admin.invitations.upload.encodings.windows-1256",
  "windows-1257": "admin.invitations.upload.encodings.windows-1257",
  "windows-1258": "admin.invitations.upload.encodings.windows-1258",
  "windows-874": "admin.invitations.upload.encodings.windows-874",
  "iso-8859-2": "admin.invitations.upload.encodings.iso-8859-2",
  "iso-8859-5": "admin.invitations.upload.encodings.iso-8859-5",
  "iso-8859-15": "admin.invitations.upload.encodings.iso-8859-15",
  "koi8-r": "admin.invitations.upload.encodings.koi8-r",
  "koi8-u": "admin.invitations.upload.encodings.koi8-u",
  macintosh: "admin.invitations.upload.encodings.macintosh",
  "x-mac-ce": "admin.invitations.upload.encodings.x-mac-ce",
  "x-mac-cyrillic": "admin.invitations.upload.encodings.x-mac-cyrillic",
  ibm850: "admin.invitations.upload.encodings.ibm850",
  ibm852: "admin.invitations.upload.encodings.ibm852",
  ibm866: "admin.invitations.upload.encodings.ibm866",
  shift_jis: "admin.invitations.upload.encodings.shift_jis",
  "euc-jp": "admin.invitations.upload.encodings.euc-jp",
  "iso-2022-jp": "admin.invitations.upload.encodings.iso-2022-jp",
  gb18030: "admin.invitations.upload.encodings.gb18030",
  big5: "admin.invitations.upload.encodings.big5",
  "euc-kr": "admin.invitations.upload.encodings.euc-kr",
};

export type UploadRefusal = InviteRefusal | InvalidListReason | "nothing-to-invite";

export const UPLOAD_MESSAGES: Messages<UploadRefusal> = {
  ...INVITE_MESSAGES,
  ...INVALID_LIST_MESSAGES,
  "nothing-to-invite": "admin.invitations.upload.refusals.nothing-to-invite",
};

export type InvitationListRefusal = "search-too-slow" | "list-too-slow";

export const INVITATION_LIST_MESSAGES: Messages<InvitationListRefusal> = {
  "search-too-slow": "admin.invitations.refusals.search-too-slow",
  "list-too-slow": "admin.invitations.refusals.list-too-slow",
};

/** Refusals of a whole batch of a bulk action; refusals of one invitation are in its result. */
export const INVITATION_BULK_MESSAGES: Messages<InvitationListRefusal | "rights-lost"> = {
  ...INVITATION_LIST_MESSAGES,
  "rights-lost": "admin.refusals.rights-lost",
};

export type CopyRefusal = "rights-lost" | "above-you" | "not-found" | "not-pending";

export const COPY_MESSAGES: Messages<CopyRefusal> = {
  "rights-lost": "admin.invitations.copy.refusals.rights-lost",
  "above-you": "admin.invitations.refusals.above-you",
  "not-found": "errors.actions.not-found",
  "not-pending": "admin.invitations.refusals.not-pending",
};

type CommonRefusal = "rights-lost" | "above-you" | "not-found";
/** Reasons that concern sending an email to an address. */
type SendRefusal = "refused-domain" | "recipient-limit" | "your-limit";

const COMMON_MESSAGES: Messages<CommonRefusal> = {
  "rights-lost": "admin.refusals.rights-lost",
  "above-you": "admin.invitations.refusals.above-you",
  "not-found": "errors.actions.not-found",
};

const SEND_MESSAGES: Messages<SendRefusal> = {
  "refused-domain": "admin.invitations.invitees.refused-domain",
  "recipient-limit": "admin.invitations.refusals.recipient-limit",
  "your-limit": "admin.invitations.invitees.your-limit",
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
  "not-pending": "admin.invitations.refusals.not-pending",
  "already-resent": "admin.invitations.refusals.already-resent",
  "resend-limit": "admin.invitations.refusals.resend-limit",
};

export type RenewRefusal = CommonRefusal | SendRefusal | SuppressedReason | "not-expired";

export const RENEW_MESSAGES: Messages<RenewRefusal> = {
  ...COMMON_MESSAGES,
  ...SEND_MESSAGES,
  ...SUPPRESSED_MESSAGES,
  "not-expired": "admin.invitations.refusals.not-expired",
};

export type RevokeRefusal = CommonRefusal | "not-open";

export const REVOKE_MESSAGES: Messages<RevokeRefusal> = {
  ...COMMON_MESSAGES,
  "not-open": "admin.invitations.refusals.not-open",
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
  "not-bounced": "admin.invitations.refusals.not-bounced",
  "same-address": "admin.invitations.refusals.same-address",
};

const SEND_SUMMARY = {
  "refused-domain": "admin.invitations.bulk.outcomes.refused-domain",
  "recipient-limit": "admin.invitations.bulk.outcomes.recipient-limit",
  "your-limit": "admin.invitations.bulk.outcomes.your-limit",
} as const;
const SUPPRESSED_SUMMARY = {
  "suppressed-bounced": "admin.invitations.bulk.outcomes.suppressed-bounced",
  "suppressed-complained": "admin.invitations.bulk.outcomes.suppressed-complained",
} as const;
const COMMON_SUMMARY = {
  "above-you": "admin.invitations.bulk.outcomes.above-you",
  "not-found": "admin.invitations.bulk.outcomes.not-found",
} as const;

/** The message of each outcome in a summary, in its order: "12 resent, 3 at their limit". */
export const INVITATION_BULK_SUMMARY = {
  resend: {
    done: "admin.invitations.bulk.resend.done",
    "resend-limit": "admin.invitations.bulk.outcomes.resend-limit",
    "not-pending": "admin.invitations.bulk.outcomes.not-pending",
    "already-resent": "admin.invitations.bulk.outcomes.already-resent",
    ...SUPPRESSED_SUMMARY,
    ...SEND_SUMMARY,
    "not-found": COMMON_SUMMARY["not-found"],
  },
  renew: {
    done: "admin.invitations.bulk.renew.done",
    "not-expired": "admin.invitations.bulk.outcomes.not-expired",
    ...SUPPRESSED_SUMMARY,
    ...SEND_SUMMARY,
    ...COMMON_SUMMARY,
  },
  revoke: {
    done: "admin.invitations.bulk.revoke.done",
    "not-open": "admin.invitations.bulk.outcomes.not-open",
    ...COMMON_SUMMARY,
  },
} as const satisfies {
  resend: BulkSummary<ResendRefusal>;
  renew: BulkSummary<RenewRefusal>;
  revoke: BulkSummary<RevokeRefusal>;
};

/** A message for each outcome; refusals of a whole batch are not counted. */
type BulkSummary<Reason extends string> = Record<Exclude<Reason, "rights-lost"> | "done", MessageKey>;

export type UndoRefusal = CommonRefusal | "too-late";

export const UNDO_MESSAGES: Messages<UndoRefusal> = {
  ...COMMON_MESSAGES,
  "too-late": "admin.invitations.refusals.too-late",
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
  "unknown-code": "join.refusals.unknown-code",
  "too-many": "join.refusals.too-many",
  accepted: "join.refusals.accepted",
  declined: "join.refusals.declined",
  revoked: "join.refusals.revoked",
  superseded: "join.refusals.superseded",
  expired: "join.refusals.expired",
  "wrong-account": "join.refusals.wrong-account",
  "account-exists": "join.refusals.account-exists",
  "address-unconfirmed": "join.refusals.address-unconfirmed",
  "name-missing": "accounts.errors.name-missing",
  "password-missing": "accounts.errors.password-missing",
};

export type RespondRefusal = AcceptRefusal | "not-available" | "no-longer-pending";

export const RESPOND_MESSAGES: Messages<RespondRefusal> = {
  ...ACCEPT_MESSAGES,
  "not-available": "join.refusals.not-available",
  "no-longer-pending": "join.refusals.no-longer-pending",
};

export type DeclineRefusal =
  | "unknown-code"
  | "too-many"
  | Exclude<InvitationStatus, "pending">
  | "wrong-account"
  | "no-longer-pending";

export const DECLINE_MESSAGES: Messages<DeclineRefusal> = { ...RESPOND_MESSAGES };
