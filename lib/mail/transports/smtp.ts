import { createTransport, type NodemailerError } from "nodemailer";
import type { OutgoingEmail, SendResult, Transport } from "./transport";

// Retries are decided by `applySendResult`, never by the library.
const POOL = { pool: true, maxConnections: 2, maxRequeues: 0, idleTimeout: 10_000 } as const;
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Errors of connections that were never established, so certainly nothing was sent. */
const CONNECTION_ERRORS = new Set([
  "ECONNREFUSED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EDNS",
  "EAI_AGAIN",
]);

/**
 * Creates a transport for a mail server. SMTP has no idempotency keys, so each email is a separate call, recorded
 * before the next one starts. The Message-ID of an email never changes, so mailboxes can drop a second copy.
 */
export function createSmtpTransport(url: string): Transport {
  const server = createTransport({ url, ...POOL, ...TIMEOUTS });
  return {
    name: "smtp",
    batchSize: 1,
    minInterval: 0,
    async send(_key, emails) {
      const [email] = emails;
      if (!email) return { type: "completed", emails: [] };
      try {
        const { messageId } = await server.sendMail(toMessage(email));
        return { type: "completed", emails: [{ state: "sent", providerId: messageId }] };
      } catch (error) {
        return resultOfError(error instanceof Error ? error : new Error(String(error)));
      }
    },
  };
}

function toMessage(email: OutgoingEmail) {
  const domain = email.from.match(/@([^>\s]+)/)?.[1] ?? "localhost";
  return {
    messageId: `<${email.id}@${domain}>`,
    from: email.from,
    to: email.to,
    replyTo: email.replyTo ?? undefined,
    subject: email.subject,
    html: email.html,
    text: email.text,
    headers: email.headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function resultOfError(error: NodemailerError): SendResult {
  const { code, responseCode } = error;
  const reply = error.response ?? error.message;
  const hasReply = responseCode !== undefined;
  if ((code === "EAUTH" || code === "ENOAUTH") && !(hasReply && responseCode < 500))
    return { type: "rejected", detail: `the mail server rejected the login: ${reply}` };
  if (hasReply && responseCode >= 500)
    return {
      type: "completed",
      emails: [{ state: "failed", detail: `the mail server rejected the email: ${reply}` }],
    };
  // The server defers this email; the others can still be sent.
  if (hasReply)
    return {
      type: "completed",
      emails: [{ state: "deferred", detail: `the mail server asked to retry later: ${reply}` }],
    };
  if (code === "EENVELOPE" || code === "EMESSAGE")
    return { type: "completed", emails: [{ state: "failed", detail: reply }] };
  return CONNECTION_ERRORS.has(code ?? "") || CONNECTION_ERRORS.has(error.originalCode ?? "")
    ? { type: "deferred", cause: "unavailable", detail: `couldn't connect to the mail server: ${reply}` }
    : { type: "no-response", detail: `the mail server closed the connection: ${reply}` };
}
