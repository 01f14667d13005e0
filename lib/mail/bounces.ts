/** A bounce as the email provider reports it. */
export type Bounce = { type: string; subType: string; message: string };

/** Why an email bounced, reduced to the reasons that have a message. */
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
  refused: "the mail server permanently rejects this address",
  suppressed: "the provider no longer delivers there, after earlier bounces or a complaint",
  full: "the mailbox is full",
  "too-large": "email is too large",
  content: "the mail server rejected the content",
  "for-now": "its mail server did not take it this time",
  unclear: "its mail server did not say why",
};

const REASON_BY_SUBTYPE: Record<string, BounceReason> = {
  NoEmail: "no-mailbox",
  Suppressed: "suppressed",
  OnAccountSuppressionList: "suppressed",
  MailboxFull: "full",
  MessageTooLarge: "too-large",
  ContentRejected: "content",
  AttachmentRejected: "content",
};

/** Why an organization sends no more invitations to an address (decision 0036). */
export type EmailSuppression = "bounced" | "complained";

/** Shown beside a suppressed address in lists. */
export const SUPPRESSION_MESSAGES: Record<EmailSuppression, string> = {
  bounced: "Emails paused: address bounced",
  complained: "Emails paused: marked as spam",
};

/** Returns the reason for a bounce by its subtype; for an unknown subtype, by its type. */
export function bounceReason({ type, subType }: Bounce): BounceReason {
  const reason = Object.hasOwn(REASON_BY_SUBTYPE, subType) ? REASON_BY_SUBTYPE[subType] : undefined;
  if (reason) return reason;
  if (type === "Permanent") return "refused";
  return type === "Transient" ? "for-now" : "unclear";
}

/** Returns true if no later email can be delivered either. A full mailbox is not permanent, a missing one is. */
export function isPermanentBounce({ type }: Bounce): boolean {
  return type === "Permanent";
}

/** Describes a bounce for lists. A reason that names no cause is followed by the mail server's own text. */
export function describeBounce(bounce: Bounce): string {
  const reason = bounceReason(bounce);
  const needsServerText = reason === "refused" || reason === "for-now" || reason === "unclear";
  return needsServerText && bounce.message
    ? `${BOUNCE_MESSAGES[reason]}: ${bounce.message}`
    : BOUNCE_MESSAGES[reason];
}
