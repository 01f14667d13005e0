/** What became of a letter. The database holds the same list in a CHECK. */
export type LetterState =
  | "queued"
  | "sent"
  | "delivered"
  | "delayed"
  | "bounced"
  | "complained"
  | "failed"
  | "unknown"
  | "kept"
  | "cancelled";

/** The letters there are words for; their template and their props are in `kinds.ts`. */
export type LetterKind =
  | "invitation"
  | "resent"
  | "new"
  | "reminder"
  | "accepted"
  | "declined"
  | "address-confirmation"
  | "address-change"
  | "sign-in-link"
  | "password-reset"
  | "assign-policies"
  | "request-confirmation"
  | "test";

/** What a letter is, for whoever lists them. */
export const KIND_NAMES: Record<LetterKind, string> = {
  invitation: "Invitation",
  resent: "Invitation, sent again",
  new: "New invitation",
  reminder: "Reminder of an invitation",
  accepted: "Notice that somebody joined",
  declined: "Notice that somebody declined",
  "address-confirmation": "Address confirmation",
  "address-change": "Change of address",
  "sign-in-link": "Link to log in",
  "password-reset": "Link to a new password",
  "assign-policies": "Reminder to assign policies",
  "request-confirmation": "Confirmation of a request",
  test: "Test email",
};

/** The truth about a letter in a word or two; never "sent" when nothing was (REQ-C10). */
export const DELIVERY_NAMES: Record<LetterState, string> = {
  queued: "Queued",
  sent: "Sent",
  delivered: "Delivered",
  delayed: "Delayed",
  bounced: "Bounced",
  complained: "Marked as spam",
  failed: "Not sent",
  unknown: "Delivery unknown",
  kept: "Not delivered",
  cancelled: "Not sent",
};

/** The same with its reason: "Not delivered: no email provider", "Bounced: mailbox does not exist" (REQ-C10). */
export function deliveryWords(state: LetterState, detail: string | null): string {
  return detail ? `${DELIVERY_NAMES[state]}: ${detail}` : DELIVERY_NAMES[state];
}
