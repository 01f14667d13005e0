import type { EmailProvider } from "@/lib/mail/provider";

/** An email with its secrets inserted, ready to be sent. */
export type OutgoingEmail = {
  id: string;
  to: string;
  from: string;
  replyTo: string | null;
  subject: string;
  html: string;
  text: string;
  /** Undefined for emails that an earlier version rendered without headers. */
  headers: Record<string, string> | undefined;
  /** The name of the tag whose value is `id`; the events of the provider contain it. */
  tag: string;
};

/** The result for one email of a completed call. */
export type EmailResult =
  | { state: "sent"; providerId: string }
  | { state: "failed" | "kept" | "unknown"; detail: string }
  /** Certainly not sent; the mail server asks to retry later. */
  | { state: "deferred"; detail: string };

export type SendResult =
  /** The call was processed: one result per email, in their order. */
  | { type: "completed"; emails: EmailResult[] }
  /** Certainly nothing was sent. Retry under a new key, after `after` seconds if given. */
  | { type: "deferred"; detail: string; after?: number; cause: "unavailable" | "unexplained" }
  /** Certainly nothing was sent, and a retry would not help. */
  | { type: "rejected"; detail: string }
  /** Certainly nothing was sent, because one or more of the emails are invalid; it is not known which. */
  | { type: "invalid-email"; detail: string }
  /** The emails may have been sent. Retry the same bytes under the same key. */
  | { type: "no-response"; detail: string };

/** A way to send emails. It never throws: every failure is a result. */
export type Transport = {
  name: EmailProvider;
  /** The maximum number of emails per call. */
  batchSize: number;
  /** The minimum interval between calls of all processes together, in milliseconds; 0 for no limit. */
  minInterval: number;
  /** Sends emails. Repeated with the same key and emails, it sends them once, as far as the provider guarantees that. */
  send(key: string, emails: OutgoingEmail[]): Promise<SendResult>;
};
