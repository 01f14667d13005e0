import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import { applyDeliveryEvent } from "@/lib/mail/apply-delivery-event";
import type { DeliveryEvent, DeliveryEventType } from "@/lib/mail/delivery-events";
import { createTestOrganization } from "@/test/factories";

const PERMANENT_BOUNCE = { type: "Permanent", subType: "NoEmail", message: "" };

/** The events of an email, and its state after all of them. */
const SEQUENCES: { types: DeliveryEventType[]; finalState: string }[] = [
  { types: ["sent", "delayed", "delivered"], finalState: "delivered" },
  { types: ["sent", "delivered", "bounced"], finalState: "bounced" },
  { types: ["sent", "delayed", "delayed", "bounced", "complained"], finalState: "complained" },
  { types: ["sent", "delayed", "failed"], finalState: "failed" },
];

/**
 * Applies at least `count` delivery events, each twice and in random order, over 16 concurrent connections. Throws unless
 * every email and its invitation end in the expected state, with one timeline entry per bounce and complaint.
 */
export async function fuzzDeliveryEvents(
  count: number,
): Promise<{ applied: number; emails: number; seconds: number }> {
  const events: { event: DeliveryEvent; emailId: string }[] = [];
  const finalStates = new Map<string, string>();
  while (events.length < count / 2) {
    for (const emailId of await createEmails()) {
      const sequence = SEQUENCES[finalStates.size % SEQUENCES.length] ?? { types: [], finalState: "" };
      finalStates.set(emailId, sequence.finalState);
      const at = new Date();
      for (const type of sequence.types) {
        const bounce = type === "bounced" ? { bounce: PERMANENT_BOUNCE } : {};
        events.push({ event: { id: randomUUID(), type, at, ...bounce }, emailId });
      }
    }
  }
  const queue = shuffle([...events, ...events]);
  const applied = queue.length;
  const start = performance.now();
  const applyEvents = async () => {
    for (let next = queue.pop(); next; next = queue.pop()) await applyDeliveryEvent(next.event, next.emailId);
  };
  await Promise.all(Array.from({ length: 16 }, applyEvents));
  const seconds = (performance.now() - start) / 1_000;

  const emails = await db().emailMessage.findMany({
    where: { id: { in: [...finalStates.keys()] } },
    select: { id: true, state: true, invitation: { select: { id: true, delivery: true } } },
  });
  const wrong = emails.filter(
    ({ id, state, invitation }) =>
      state !== finalStates.get(id) || invitation?.delivery !== finalStates.get(id),
  );
  const logged = await db().activity.count({
    where: {
      invitationId: { in: emails.flatMap(({ invitation }) => invitation?.id ?? []) },
      type: { in: ["bounced", "complained"] },
    },
  });
  const expected = events.filter(
    ({ event }) => event.type === "bounced" || event.type === "complained",
  ).length;
  if (wrong.length > 0 || logged !== expected)
    throw new Error(
      `${wrong.length} emails in the wrong state; ${logged} of ${expected} timeline entries written`,
    );
  return { applied, emails: emails.length, seconds };
}

/** Invites 100 people and returns the ids of their emails. */
async function createEmails(): Promise<string[]> {
  const org = await createTestOrganization();
  const batchId = await org.inviteBatch(...Array.from({ length: 100 }, (_, index) => `p${index}`));
  const messages = await db().emailMessage.findMany({ where: { batchId }, select: { id: true } });
  return messages.map(({ id }) => id);
}

function shuffle<T>(list: T[]): T[] {
  return list
    .map((item) => ({ item, rank: Math.random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
