import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import type { AcceptedEmail } from "./emails";

/** Which events to send for the newest email of each recipient, in the order of `types`. */
export const eventOrderSchema = z.object({
  to: z.union([z.string(), z.array(z.string())]).transform((to) => [to].flat()),
  types: z.array(z.string().regex(/^email\.[a-z_]+$/)).min(1),
  bounce: z.object({ type: z.string(), subType: z.string(), message: z.string() }).optional(),
});

/** The webhook endpoint and its signing secret. With `shuffled` every event is sent twice, in random order. */
export const webhookSchema = z.object({
  url: z.url(),
  secret: z.string().startsWith("whsec_"),
  shuffled: z.boolean().default(false),
});

/** One attempt to deliver an event; status 0 if there was no response. */
export type WebhookAttempt = { id: string; type: string; emailId: string; status: number };

type PendingEvent = {
  id: string;
  type: string;
  emailId: string;
  payload: string;
  attempts: number;
  dueAt: number;
};

/**
 * Seconds from each failed attempt to the next, as the provider documents them; after the last one it stops retrying.
 */
const RETRY_DELAYS = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

/** Returns the three headers of a signed webhook request. `at`: milliseconds. */
export function signWebhook(secret: string, id: string, payload: string, at = Date.now()) {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${payload}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` };
}

/** Creates the sender of webhook events, with retries. `now`: the stand-in's clock, which tests advance past the delays. */
export function createWebhookSender(now: () => number) {
  let webhook: z.infer<typeof webhookSchema> | undefined;
  let pending: PendingEvent[] = [];
  let attempts: WebhookAttempt[] = [];
  setInterval(() => void deliverDueEvents(), 50).unref();

  async function deliverDueEvents(): Promise<void> {
    const due = pending.filter((event) => event.dueAt <= now());
    pending = pending.filter((event) => !due.includes(event));
    await Promise.all(due.map(deliverEvent));
  }

  async function deliverEvent(event: PendingEvent): Promise<void> {
    if (!webhook) return;
    const { id, type, emailId, payload } = event;
    const headers = { "content-type": "application/json", ...signWebhook(webhook.secret, id, payload) };
    const response = await fetch(webhook.url, { method: "POST", headers, body: payload }).catch(() => null);
    await response?.body?.cancel();
    attempts.push({ id, type, emailId, status: response?.status ?? 0 });
    const delay = response?.ok ? undefined : RETRY_DELAYS[event.attempts];
    if (delay !== undefined)
      pending.push({ ...event, attempts: event.attempts + 1, dueAt: now() + delay * 1_000 });
  }

  return {
    configure: (value: typeof webhook) => {
      webhook = value;
    },
    attempts: () => attempts,
    clear: () => {
      [webhook, pending, attempts] = [undefined, [], []];
    },
    /** Enqueues events for these emails, in the order of `types`. */
    enqueue({ types, bounce }: z.infer<typeof eventOrderSchema>, emails: readonly AcceptedEmail[]): void {
      const events = emails.flatMap((email) =>
        types.map((type, index): PendingEvent => {
          const at = new Date(email.at + index * 1_000);
          return {
            id: `msg_${randomUUID()}`,
            type,
            emailId: email.id,
            payload: JSON.stringify(eventPayload(email, type, at, bounce)),
            attempts: 0,
            dueAt: now(),
          };
        }),
      );
      pending.push(...(webhook?.shuffled ? shuffle([...events, ...events]) : events));
    },
  };
}

function eventPayload(
  email: AcceptedEmail,
  type: string,
  at: Date,
  bounce: z.infer<typeof eventOrderSchema>["bounce"],
) {
  return {
    type,
    created_at: at.toISOString(),
    data: {
      created_at: new Date(email.at).toISOString(),
      email_id: email.id,
      message_id: `<${email.id}@stand-in>`,
      from: email.from,
      to: [email.to].flat(),
      subject: email.subject,
      tags: Object.fromEntries((email.tags ?? []).map(({ name, value }) => [name, value])),
      ...(type === "email.bounced" && bounce ? { bounce } : {}),
    },
  };
}

function shuffle<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
