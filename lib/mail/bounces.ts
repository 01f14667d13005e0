/** Why a letter came back, as the provider names it. */
export type Bounce = { type: string; subType: string; message: string };

/** The same in our own words, few enough to be worded where people read them. */
export type BounceReason =
  | "no-mailbox"
  | "refused"
  | "suppressed"
  | "full"
  | "too-large"
  | "content"
  | "for-now"
  | "unclear";

export const BOUNCE_MESSAGES: Record<BounceReason, string> = {
  "no-mailbox": "mailbox does not exist",
  refused: "its mail server refuses this address for good",
  suppressed: "the provider no longer delivers there, after earlier bounces or a complaint",
  full: "the mailbox is full",
  "too-large": "the letter is too large for this mailbox",
  content: "its mail server refuses what the letter says",
  "for-now": "its mail server did not take it this time",
  unclear: "its mail server did not say why",
};

const OF_SUBTYPE: Record<string, BounceReason> = {
  NoEmail: "no-mailbox",
  Suppressed: "suppressed",
  OnAccountSuppressionList: "suppressed",
  MailboxFull: "full",
  MessageTooLarge: "too-large",
  ContentRejected: "content",
  AttachmentRejected: "content",
};

/** Why an address gets no more invitations from an organization (decision 0036). */
export type Stop = "bounced" | "complained";

/** Whoever lists them: what they are told beside the address. */
export const STOP_MESSAGES: Record<Stop, string> = {
  bounced: "No letters are sent there: one bounced for good",
  complained: "No letters are sent there: one was marked as spam",
};

/** The reason behind a provider's type and subtype; of those it does not know, how final the bounce is. */
export function bounceReason({ type, subType }: Bounce): BounceReason {
  const known = Object.hasOwn(OF_SUBTYPE, subType) ? OF_SUBTYPE[subType] : undefined;
  if (known) return known;
  if (type === "Permanent") return "refused";
  return type === "Transient" ? "for-now" : "unclear";
}

/** Will no letter ever arrive there? A full mailbox may be emptied; a missing one stays missing. */
export function isHard({ type }: Bounce): boolean {
  return type === "Permanent";
}

/** What the row says. Where our words name no cause, the mail server's own follow. */
export function bounceWords(bounce: Bounce): string {
  const reason = bounceReason(bounce);
  const isVague = reason === "refused" || reason === "for-now" || reason === "unclear";
  return isVague && bounce.message
    ? `${BOUNCE_MESSAGES[reason]}: ${bounce.message}`
    : BOUNCE_MESSAGES[reason];
}
