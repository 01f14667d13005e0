import { Resend } from "resend";
import type { EmailResult, OutgoingEmail, SendResult, Transport } from "./transport";

/** Timeout of one call in milliseconds. */
const CALL_TIMEOUT = 20_000;

/** Creates a transport for Resend's batch endpoint. The SDK does not throw; failures are in `error` and `headers`. */
export function createResendTransport(apiKey: string, baseUrl?: string): Transport {
  const client = new Resend(apiKey, { baseUrl });
  return {
    name: "resend",
    batchSize: 100,
    // The account is limited to two calls per second.
    minInterval: 500,
    async send(key, emails) {
      const options = {
        idempotencyKey: key,
        batchValidation: "permissive",
        signal: AbortSignal.timeout(CALL_TIMEOUT),
      } as const;
      const { data, error, headers } = await client.batch.send(emails.map(toResendEmail), options);
      if (error?.name === "invalid_idempotent_request") return contentMismatch(emails);
      if (error) return resultOfError(error, headers?.["retry-after"]);
      if (!Array.isArray(data?.data))
        return { type: "no-response", detail: "invalid response from the email provider" };
      return { type: "completed", emails: emailResults(emails.length, data.data, data.errors ?? []) };
    },
  };
}

function toResendEmail(email: OutgoingEmail) {
  return {
    from: email.from,
    to: email.to,
    replyTo: email.replyTo ?? undefined,
    subject: email.subject,
    html: email.html,
    text: email.text,
    headers: email.headers,
    // Webhook events repeat the tag, which identifies the email.
    tags: [{ name: email.tag, value: email.id }],
  };
}

/** Returns a result per email. `accepted` is in order and leaves out the emails whose index is in `errors`. */
function emailResults(
  count: number,
  accepted: { id: string }[],
  errors: { index: number; message: string }[],
): EmailResult[] {
  const messages = new Map(errors.map(({ index, message }) => [index, message]));
  const ids = accepted.map(({ id }) => id);
  return Array.from({ length: count }, (_, index): EmailResult => {
    const error = messages.get(index);
    if (error !== undefined) return { state: "failed", detail: error };
    const providerId = ids.shift();
    if (providerId) return { state: "sent", providerId };
    return { state: "unknown", detail: "the response doesn't mention this email" };
  });
}

type ApiError = { name: string; message: string; statusCode: number | null };

/**
 * The provider has seen the key with other content. Stored payloads never change, so this should not happen; it is not
 * known what was sent.
 */
function contentMismatch(emails: OutgoingEmail[]): SendResult {
  const detail = "the email provider received an earlier attempt with different content";
  return { type: "completed", emails: emails.map(() => ({ state: "unknown", detail })) };
}

function resultOfError(error: ApiError, retryAfter: string | undefined): SendResult {
  const { message, statusCode } = error;
  switch (statusCode) {
    case 401:
      return { type: "rejected", detail: `the email provider rejected the API key: ${message}` };
    case 403:
      return { type: "rejected", detail: `the email provider denied access: ${message}` };
    case 422:
      return {
        type: isAboutSender(error) ? "rejected" : "invalid-email",
        detail: `the email provider rejected the email: ${message}`,
      };
    case 429:
      return {
        type: "deferred",
        cause: "unavailable",
        after: parseRetryAfter(retryAfter),
        detail: `the email provider is rate limiting: ${message}`,
      };
  }
  // After 408 and 409 (the same key is being processed) the emails may have been sent, as after any server error.
  const notSent =
    statusCode && statusCode >= 400 && statusCode < 500 && statusCode !== 408 && statusCode !== 409;
  return notSent
    ? {
        type: "deferred",
        cause: "unexplained",
        detail: `the email provider returned ${statusCode}: ${message}`,
      }
    : { type: "no-response", detail: `the email provider didn't respond: ${message}` };
}

/** Returns true if the error is about the sender, which is the same for all emails of the installation. */
function isAboutSender({ name, message }: ApiError): boolean {
  return name === "invalid_from_address" || message.includes("`from`");
}

/** The longest wait in seconds, whatever the provider asks for, so that its mistake cannot stop emails for days. */
const MAX_RETRY_AFTER = 3_600;

/** Parses a Retry-After header, a number of seconds or a date. Returns seconds. */
function parseRetryAfter(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), MAX_RETRY_AFTER);
}
