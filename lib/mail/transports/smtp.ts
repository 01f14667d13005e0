import { createTransport, type NodemailerError } from "nodemailer";
import type { Outgoing, SendResult, Transport } from "./transport";

// Repeating is decided by the delivery, never silently below it.
const POOL = { pool: true, maxConnections: 2, maxRequeues: 0, idleTimeout: 10_000 } as const;
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Errors of a connection that never came to be: certainly nothing was said on it. */
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EDNS",
  "EAI_AGAIN",
]);

/**
 * A mail server. SMTP knows no idempotency: each letter is a call of its own, noted before the next begins, and the same
 * letter always carries the same Message-ID, by which mailboxes drop a second copy.
 */
export function smtp(url: string): Transport {
  const server = createTransport({ url, ...POOL, ...TIMEOUTS });
  return {
    name: "smtp",
    perCall: 1,
    pace: 0,
    async call(_key, letters) {
      const [letter] = letters;
      if (!letter) return { outcome: "answered", results: [] };
      try {
        const { messageId } = await server.sendMail(asMessage(letter));
        return { outcome: "answered", results: [{ state: "sent", providerId: messageId }] };
      } catch (error) {
        return afterError(error instanceof Error ? error : new Error(String(error)));
      }
    },
  };
}

function asMessage(letter: Outgoing) {
  const domain = letter.from.match(/@([^>\s]+)/)?.[1] ?? "localhost";
  return {
    messageId: `<${letter.id}@${domain}>`,
    from: letter.from,
    to: letter.to,
    replyTo: letter.replyTo ?? undefined,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function afterError(error: NodemailerError): SendResult {
  const { code, responseCode } = error;
  const says = error.response ?? error.message;
  const answered = responseCode !== undefined;
  if ((code === "EAUTH" || code === "ENOAUTH") && !(answered && responseCode < 500))
    return { outcome: "rejected", detail: `the mail server does not accept the sign-in: ${says}` };
  if (answered && responseCode >= 500)
    return {
      outcome: "answered",
      results: [{ state: "failed", detail: `the mail server refuses it: ${says}` }],
    };
  // "Later, please" about this letter; the others may go.
  if (answered)
    return {
      outcome: "answered",
      results: [{ state: "again", detail: `the mail server asks to wait: ${says}` }],
    };
  if (code === "EENVELOPE" || code === "EMESSAGE")
    return { outcome: "answered", results: [{ state: "failed", detail: says }] };
  return NEVER_CONNECTED.has(code ?? "") || NEVER_CONNECTED.has(error.originalCode ?? "")
    ? { outcome: "refused", kind: "wait", detail: `the mail server is not there: ${says}` }
    : { outcome: "unanswered", detail: `the mail server broke off: ${says}` };
}
