import { createHmac, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Accepted } from "./provider";

/** What the stand-in tells of letters on command: to whom, what, in which order. */
export const tellShape = z.object({
  to: z.union([z.string(), z.array(z.string())]).transform((to) => [to].flat()),
  types: z.array(z.string().regex(/^email\.[a-z_]+$/)).min(1),
  bounce: z.object({ type: z.string(), subType: z.string(), message: z.string() }).optional(),
});

/** Where it tells, and with which secret it signs; in `disorder` everything comes twice and in any order. */
export const hookShape = z.object({
  url: z.url(),
  secret: z.string().startsWith("whsec_"),
  disorder: z.boolean().default(false),
});

/** One attempt to tell something: what tests wait for. */
export type Told = { id: string; type: string; letter: string; status: number };

type Message = { id: string; type: string; letter: string; payload: string; tries: number; due: number };

/** Seconds after each failure until the next try, as the provider's docs promise; then it gives up. */
const RETRIES = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];

/** The three headers by which a receiver knows its provider. */
export function signatureOf(secret: string, id: string, payload: string, at = Date.now()) {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${payload}`).digest("base64");
  return { "svix-id": id, "svix-timestamp": timestamp, "svix-signature": `v1,${signature}` };
}

/** Tells of letters, and again until it is heard. `now` is the stand-in's clock, so that hours of retries pass on command. */
export function webhooks(now: () => number) {
  let hook: z.infer<typeof hookShape> | undefined;
  let waiting: Message[] = [];
  let told: Told[] = [];
  setInterval(() => void tellDue(), 50).unref();

  async function tellDue(): Promise<void> {
    const due = waiting.filter((message) => message.due <= now());
    waiting = waiting.filter((message) => !due.includes(message));
    await Promise.all(due.map(tell));
  }

  async function tell(message: Message): Promise<void> {
    if (!hook) return;
    const { id, type, letter, payload } = message;
    const headers = { "content-type": "application/json", ...signatureOf(hook.secret, id, payload) };
    const answer = await fetch(hook.url, { method: "POST", headers, body: payload }).catch(() => null);
    await answer?.body?.cancel();
    told.push({ id, type, letter, status: answer?.status ?? 0 });
    const wait = answer?.ok ? undefined : RETRIES[message.tries];
    if (wait !== undefined) waiting.push({ ...message, tries: message.tries + 1, due: now() + wait * 1_000 });
  }

  return {
    at: (place: typeof hook) => {
      hook = place;
    },
    told: () => told,
    clear: () => {
      [hook, waiting, told] = [undefined, [], []];
    },
    /** About these letters, in the order of `types`. */
    order({ types, bounce }: z.infer<typeof tellShape>, letters: readonly Accepted[]): void {
      const messages = letters.flatMap((letter) =>
        types.map((type, index): Message => {
          const at = new Date(letter.at + index * 1_000);
          return {
            id: `msg_${randomUUID()}`,
            type,
            letter: letter.id,
            payload: JSON.stringify(eventOf(letter, type, at, bounce)),
            tries: 0,
            due: now(),
          };
        }),
      );
      waiting.push(...(hook?.disorder ? shuffled([...messages, ...messages]) : messages));
    },
  };
}

function eventOf(letter: Accepted, type: string, at: Date, bounce: z.infer<typeof tellShape>["bounce"]) {
  return {
    type,
    created_at: at.toISOString(),
    data: {
      created_at: new Date(letter.at).toISOString(),
      email_id: letter.id,
      message_id: `<${letter.id}@stand-in>`,
      from: letter.from,
      to: [letter.to].flat(),
      subject: letter.subject,
      tags: Object.fromEntries((letter.tags ?? []).map(({ name, value }) => [name, value])),
      ...(type === "email.bounced" && bounce ? { bounce } : {}),
    },
  };
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
