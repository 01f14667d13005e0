/** What became of a letter. The database holds the same list in a CHECK. */
export const LETTER_STATES = [
  "queued",
  "sent",
  "delivered",
  "delayed",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "kept",
  "cancelled",
] as const;

export type LetterState = (typeof LETTER_STATES)[number];

/** The letters there are words for; their template and their props are in `contents.ts`. */
export type LetterKind = "invitation" | "resent" | "new" | "address-confirmation";

/** What a letter is, for whoever lists them. */
export const KIND_NAMES: Record<LetterKind, string> = {
  invitation: "Invitation",
  resent: "Invitation, sent again",
  new: "New invitation",
  "address-confirmation": "Address confirmation",
};

const WORDS: Record<LetterState, string> = {
  queued: "Queued",
  sent: "Sent",
  delivered: "Delivered",
  delayed: "Delayed",
  bounced: "Bounced",
  complained: "Marked as spam",
  failed: "Failed",
  unknown: "Unknown",
  kept: "Not delivered",
  cancelled: "Not sent",
};

/** The truth about a letter in words, as lists show it: "Not delivered: no email provider" (R C10). */
export function deliveryWords(state: LetterState, detail: string | null): string {
  return detail ? `${WORDS[state]}: ${detail}` : WORDS[state];
}

/** Demo addresses, which no transport ever mails (R H3). */
export function isNeverMailed(address: string): boolean {
  return /[@.]example$/.test(address);
}
