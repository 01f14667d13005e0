/** A bounce as the email provider reports it. */
export type Bounce = { type: string; subType: string; message: string };

/** Why an email bounced, reduced to the reasons that have a text. */
export type BounceReason =
  | "no-mailbox"
  | "refused"
  | "suppressed"
  | "full"
  | "too-large"
  | "content"
  | "for-now"
  | "unclear";

/** In English, because they are stored as the detail of a delivery status. */
export const BOUNCE_DETAILS: Record<BounceReason, string> = {
  "no-mailbox": "mailbox does not exist",
  refused: "the mail server permanently rejects this address",
  suppressed: "the email provider stopped delivering here after bounces or a spam report",
  full: "the mailbox is full",
  "too-large": "email is too large",
  content: "the mail server rejected the content",
  "for-now": "the mail server didn't accept it this time",
  unclear: "the mail server gave no reason",
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
    ? `${BOUNCE_DETAILS[reason]}: ${bounce.message}`
    : BOUNCE_DETAILS[reason];
}
