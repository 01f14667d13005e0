import { Resend } from "resend";
import type { EmailResult, Outgoing, SendResult, Transport } from "./transport";

const TIMEOUT = 20_000;

/** Resend's batch endpoint through its SDK, which throws nothing: whatever happens is in `error` and `headers`. */
export function resend(apiKey: string, baseUrl?: string): Transport {
  const client = new Resend(apiKey, { baseUrl });
  return {
    name: "resend",
    perCall: 100,
    // Two calls a second for the whole account.
    pace: 500,
    async call(key, letters) {
      const options = {
        idempotencyKey: key,
        batchValidation: "permissive",
        signal: AbortSignal.timeout(TIMEOUT),
      } as const;
      const { data, error, headers } = await client.batch.send(letters.map(asEmail), options);
      if (error?.name === "invalid_idempotent_request") return knownOtherwise(letters);
      if (error) return afterError(error, headers?.["retry-after"]);
      if (!Array.isArray(data?.data))
        return { outcome: "unanswered", detail: "the provider's answer cannot be read" };
      return { outcome: "answered", results: resultsOf(letters.length, data.data, data.errors ?? []) };
    },
  };
}

function asEmail(letter: Outgoing) {
  return {
    from: letter.from,
    to: letter.to,
    replyTo: letter.replyTo ?? undefined,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
    // What the webhook finds the letter by.
    tags: [{ name: "letter", value: letter.id }],
  };
}

/** The accepted ones come in order, without those that `errors` names by their place in the batch. */
function resultsOf(
  count: number,
  accepted: { id: string }[],
  errors: { index: number; message: string }[],
): EmailResult[] {
  const refusals = new Map(errors.map(({ index, message }) => [index, message]));
  const ids = accepted.map(({ id }) => id);
  return Array.from({ length: count }, (_, index): EmailResult => {
    const refusal = refusals.get(index);
    if (refusal !== undefined) return { state: "failed", detail: refusal };
    const providerId = ids.shift();
    if (providerId) return { state: "sent", providerId };
    return { state: "unknown", detail: "the provider's answer leaves it out" };
  });
}

type ApiError = { name: string; message: string; statusCode: number | null };

/** The key was taken with other bytes, which our own frozen emails cannot cause: what was sent then, a person must find out. */
function knownOtherwise(letters: Outgoing[]): SendResult {
  const detail = "the provider took this call before, with other contents";
  return { outcome: "answered", results: letters.map(() => ({ state: "unknown", detail })) };
}

function afterError(error: ApiError, retryAfter: string | undefined): SendResult {
  const { message, statusCode } = error;
  switch (statusCode) {
    case 401:
      return { outcome: "rejected", detail: `the provider does not accept the API key: ${message}` };
    case 403:
      return { outcome: "rejected", detail: `the provider does not allow it: ${message}` };
    case 422:
      return {
        outcome: isAboutSender(error) ? "rejected" : "spoiled",
        detail: `the provider refuses the letter: ${message}`,
      };
    case 429:
      return {
        outcome: "refused",
        kind: "wait",
        after: seconds(retryAfter),
        detail: `the provider asks to wait: ${message}`,
      };
  }
  // 408 and 409 (the same key is just being worked on) leave it open, as does everything without a clear answer.
  const refused =
    statusCode && statusCode >= 400 && statusCode < 500 && statusCode !== 408 && statusCode !== 409;
  return refused
    ? { outcome: "refused", kind: "wrong", detail: `the provider answers ${statusCode}: ${message}` }
    : { outcome: "unanswered", detail: `no clear answer from the provider: ${message}` };
}

/** All letters have the one sender of the installation: what is wrong with it is wrong with each. */
function isAboutSender({ name, message }: ApiError): boolean {
  return name === "invalid_from_address" || message.includes("`from`");
}

/** However long the provider asks to wait, it is asked again within the hour: a mistake there must not hold letters for ever. */
const LONGEST_WAIT = 3_600;

/** Retry-after in seconds, given as a number or as a date. */
function seconds(header: string | undefined): number | undefined {
  if (!header) return undefined;
  const wait = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(0, wait), LONGEST_WAIT);
}
