import { Resend } from "resend";
import { z } from "zod";
import { env } from "@/lib/config/env";
import type { Bounce } from "@/lib/mail/bounces";
import type { EventType, LetterEvent } from "@/lib/mail/events";
import { hear } from "@/lib/mail/hear";

/**
 * What becomes of a call to the webhook. `off`: no secret is set; `refused`: unsigned, altered or too old; `heard`: signed
 * by the provider, and noted if it says where a letter is.
 */
type Answer = "off" | "refused" | "heard";

/** The provider's news, as it arrived. The body must be the very bytes: they are what is signed. */
export async function hearProvider(body: string, headers: Headers): Promise<Answer> {
  const { resendApiKey, resendWebhookSecret } = env();
  if (!resendApiKey || !resendWebhookSecret) return "off";
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
    return "refused";
  }
  const told = readEvent(id, payload);
  if (told) await hear(told.event, told.letter);
  return "heard";
}

const TYPES: Record<string, EventType> = {
  "email.sent": "sent",
  "email.delivered": "delivered",
  "email.delivery_delayed": "delayed",
  "email.bounced": "bounced",
  // The provider itself holds it back, because the address bounced or complained before.
  "email.suppressed": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
};

/** Words of others: without what a terminal or a page could stumble over, and no longer than anybody reads. */
const foreignWords = z
  .string()
  .catch("")
  .transform((text) =>
    // Cut first: half of a letter that is left at the end goes with the others.
    text
      .slice(0, 300)
      .replace(/[\p{C}\s]+/gu, " ")
      .trim(),
  );

const shape = z.object({
  type: z.string(),
  created_at: z.coerce.date(),
  data: z.object({
    tags: z.object({ letter: z.uuid() }).optional().catch(undefined),
    bounce: z.object({ type: foreignWords, subType: foreignWords, message: foreignWords }).optional(),
    failed: z.object({ reason: foreignWords }).optional(),
  }),
});

/**
 * The event, and the letter its tag names, if any. Null: it says nothing about where a letter is (opened, clicked, a
 * contact, a domain), and is not kept.
 */
function readEvent(id: string, payload: unknown): { event: LetterEvent; letter: string | null } | null {
  const read = shape.safeParse(payload);
  const type = read.success && Object.hasOwn(TYPES, read.data.type) ? TYPES[read.data.type] : undefined;
  if (!read.success || !type) return null;
  const { created_at: at, data } = read.data;
  const event: LetterEvent = { id, type, at };
  if (type === "bounced")
    event.bounce = read.data.type === "email.suppressed" ? SUPPRESSED : (data.bounce ?? UNCLEAR);
  if (type === "failed") event.reason = data.failed?.reason ?? "";
  return { event, letter: data.tags?.letter ?? null };
}

const SUPPRESSED: Bounce = { type: "Permanent", subType: "Suppressed", message: "" };
const UNCLEAR: Bounce = { type: "", subType: "", message: "" };
