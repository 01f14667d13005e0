import { Resend } from "resend";
import { z } from "zod";
import { env } from "@/lib/config/env";
import { applyDeliveryEvent } from "@/lib/mail/apply-delivery-event";
import type { Bounce } from "@/lib/mail/bounces";
import type { DeliveryEvent, DeliveryEventType } from "@/lib/mail/delivery-events";

/**
 * The result of a webhook call. "disabled": no secret is configured. "invalid": unsigned, altered or expired. "accepted":
 * signed by the provider, and stored if it is about the delivery of an email.
 */
type WebhookResult = "disabled" | "invalid" | "accepted";

/** Verifies and applies an event from Resend. `body` must be the unchanged bytes, because they are signed. */
export async function handleResendWebhook(body: string, headers: Headers): Promise<WebhookResult> {
  const { resendApiKey, resendWebhookSecret } = env();
  if (!resendApiKey || !resendWebhookSecret) return "disabled";
  const id = headers.get("svix-id") ?? "";
  const timestamp = headers.get("svix-timestamp") ?? "";
  const signature = headers.get("svix-signature") ?? "";
  let payload: unknown;
  try {
    payload = new Resend(resendApiKey).webhooks.verify({
      payload: body,
      headers: { id, timestamp, signature },
      webhookSecret: resendWebhookSecret,
    });
  } catch {
    return "invalid";
  }
  const parsed = parseEvent(id, payload);
  if (parsed) await applyDeliveryEvent(parsed.event, parsed.emailMessageId);
  return "accepted";
}

const EVENT_TYPES: Record<string, DeliveryEventType> = {
  "email.sent": "sent",
  "email.delivered": "delivered",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  // The provider did not send it, because the address bounced or complained before.
  "email.suppressed": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
};

/** Text from the provider, without control characters and at most 300 characters long. */
const providerText = z
  .string()
  .catch("")
  .transform((text) =>
    // Cut first: the replacement then also removes a lone surrogate at the end.
    text
      .slice(0, 300)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim(),
  );

const currentTags = z.object({ email_message: z.uuid() }).transform((tags) => tags.email_message);
/** Emails that version 0.1.0 sent have this tag. */
const formerTags = z.object({ letter: z.uuid() }).transform((tags) => tags.letter);

const payloadSchema = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    tags: z.union([currentTags, formerTags]).optional().catch(undefined),
    bounce: z.object({ type: providerText, subType: providerText, message: providerText }).optional(),
    failed: z.object({ reason: providerText }).optional(),
  }),
});

/**
 * Returns the event and the id of the email that its tag names, if any. Returns null for an event that is not about
 * delivery (opened, clicked, a contact, a domain); it is ignored.
 */
function parseEvent(
  id: string,
  payload: unknown,
): { event: DeliveryEvent; emailMessageId: string | null } | null {
  const read = payloadSchema.safeParse(payload);
  const type =
    read.success && Object.hasOwn(EVENT_TYPES, read.data.type) ? EVENT_TYPES[read.data.type] : undefined;
  if (!read.success || !type) return null;
  const { created_at: at, data } = read.data;
  const event: DeliveryEvent = { id, type, at };
  if (type === "bounced")
    event.bounce = read.data.type === "email.suppressed" ? SUPPRESSED : (data.bounce ?? UNCLEAR);
  if (type === "failed") event.reason = data.failed?.reason ?? "";
  return { event, emailMessageId: data.tags ?? null };
}

const SUPPRESSED: Bounce = { type: "Permanent", subType: "Suppressed", message: "" };
const UNCLEAR: Bounce = { type: "", subType: "", message: "" };
