import type { Provider } from "@/lib/mail/provider";

/** A letter as it goes out, its secrets put in. */
export type Outgoing = {
  id: string;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
};

/** What became of one letter of a call that was answered. */
export type EmailResult =
  | { state: "sent"; providerId: string }
  | { state: "failed" | "kept" | "unknown"; detail: string }
  /** Certainly not sent, and asked for later. */
  | { state: "again"; detail: string };

export type SendResult =
  /** The call was answered: a result for each letter, in their order. */
  | { outcome: "answered"; results: EmailResult[] }
  /** Certainly nothing was sent, and later it may be: a new attempt under a new key. `after` in seconds, if told. */
  | { outcome: "refused"; detail: string; after?: number; kind: "wait" | "wrong" }
  /** Certainly nothing was sent, and asking again changes nothing. */
  | { outcome: "rejected"; detail: string }
  /** Certainly nothing was sent, for what one of its letters or several are; nobody says which. */
  | { outcome: "spoiled"; detail: string }
  /** It may have been sent: the same bytes under the same key again. */
  | { outcome: "unanswered"; detail: string };

/** A way out of the house. It never throws: whatever happens is an outcome. */
export type Transport = {
  name: Provider;
  /** How many letters one call takes. */
  perCall: number;
  /** Milliseconds between the calls of all processes together. */
  pace: number;
  /** The same key with the same letters sends them once, as far as the provider can promise it. */
  call(key: string, letters: Outgoing[]): Promise<SendResult>;
};
