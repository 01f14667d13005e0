import { randomUUID } from "node:crypto";
import { db } from "@/lib/db/client";
import type { EventType, LetterEvent } from "@/lib/mail/events";
import { makeOrganization } from "@/lib/mail/fixture";
import { hear } from "@/lib/mail/hear";

const HARD = { type: "Permanent", subType: "NoEmail", message: "" };

/** What is told of a letter, and where it is once all of it was told. */
const LIVES: { types: EventType[]; end: string }[] = [
  { types: ["sent", "delayed", "delivered"], end: "delivered" },
  { types: ["sent", "delivered", "bounced"], end: "bounced" },
  { types: ["sent", "delayed", "delayed", "bounced", "complained"], end: "complained" },
  { types: ["sent", "delayed", "failed"], end: "failed" },
];

/**
 * Tells `count` pieces of news about letters, each at least twice, in any order, over 16 connections at once. Throws unless
 * every letter ends where its news lead, whatever came first, with each thing noted once in the timeline.
 */
export async function playNews(count: number): Promise<{ told: number; letters: number; seconds: number }> {
  const news: { event: LetterEvent; letter: string }[] = [];
  const ends = new Map<string, string>();
  while (news.length < count / 2) {
    for (const id of await somebody()) {
      const life = LIVES[ends.size % LIVES.length] ?? { types: [], end: "" };
      ends.set(id, life.end);
      const at = new Date();
      for (const type of life.types) {
        const event = { id: randomUUID(), type, at, ...(type === "bounced" ? { bounce: HARD } : {}) };
        news.push({ event, letter: id });
      }
    }
  }
  const told = shuffled([...news, ...news]);
  const began = performance.now();
  const queue = [...told];
  const teller = async () => {
    for (let one = queue.pop(); one; one = queue.pop()) await hear(one.event, one.letter);
  };
  await Promise.all(Array.from({ length: 16 }, teller));
  const seconds = (performance.now() - began) / 1_000;

  const ids = [...ends.keys()];
  const letters = await db().emailMessage.findMany({
    where: { id: { in: ids } },
    select: { id: true, state: true, invitation: { select: { id: true, delivery: true } } },
  });
  const wrong = letters.filter(
    ({ id, state, invitation }) => state !== ends.get(id) || invitation?.delivery !== ends.get(id),
  );
  const noted = await db().activity.count({
    where: {
      invitationId: { in: letters.flatMap(({ invitation }) => invitation?.id ?? []) },
      type: { in: ["bounced", "complained"] },
    },
  });
  const expected = news.filter(({ event }) => event.type === "bounced" || event.type === "complained").length;
  if (wrong.length > 0 || noted !== expected)
    throw new Error(
      `${wrong.length} letters ended elsewhere; ${noted} of ${expected} lines in the timelines`,
    );
  return { told: told.length, letters: letters.length, seconds };
}

/** The letters of 100 people who were just invited. */
async function somebody(): Promise<string[]> {
  const org = await makeOrganization();
  const batchId = await org.invite(...Array.from({ length: 100 }, (_, at) => `p${at}`));
  const letters = await db().emailMessage.findMany({ where: { batchId }, select: { id: true } });
  return letters.map(({ id }) => id);
}

function shuffled<T>(list: T[]): T[] {
  return list
    .map((one) => ({ one, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
