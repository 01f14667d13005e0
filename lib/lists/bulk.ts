import { type Messages, messageFor, type Result } from "@/lib/result/result";

/** So many people a transaction takes at most; one more batch follows until all are answered. */
export const BATCH_SIZE = 100;

/** What became of one of many: bulk work answers for each person (REQ-C9). No member and no address where nobody was found. */
export type Answered<T, Reason extends string> = {
  id: string;
  member?: string | undefined;
  email: string;
  outcome: Result<T, Reason>;
};

/** The answer for a single one. */
export function only<T, Reason extends string, Whole extends string>(
  each: Result<Answered<T, Reason>[], Whole>,
): Result<T, Reason | Whole> {
  if (!each.ok) return each;
  const [answered] = each.value;
  if (!answered) throw new Error("one was asked for and none answered");
  return answered.outcome;
}

/** An answer on its way to the screen: `answer` is "done" or the reason of the refusal, and `why` its sentence. */
export type BulkAnswer = { id: string; member?: string; email: string; answer: string; why?: string };

/** One batch. `next`: where the next one begins of all that match; null when this was the last. */
export type BulkBatch = { answers: BulkAnswer[]; next: string | null };

/** What of a batch the screen has to know. */
export function toAnswers<T, Reason extends string>(
  answered: readonly Answered<T, Reason>[],
  words: Messages<Reason>,
): BulkAnswer[] {
  return answered.map(({ id, member, email, outcome }) =>
    outcome.ok
      ? { id, email, answer: "done" }
      : { id, ...(member ? { member } : {}), email, answer: outcome.reason, why: messageFor(words, outcome) },
  );
}

/** How many got which answer. */
export type Tally = Readonly<Record<string, number>>;

export function count(tally: Tally, answers: readonly BulkAnswer[]): Tally {
  const counted: Record<string, number> = { ...tally };
  for (const { answer } of answers) counted[answer] = (counted[answer] ?? 0) + 1;
  return counted;
}

/**
 * "12 resent, 3 at their limit": what was done first, then the others in the order of their words. `short`: what is said
 * of several who got an answer. Nobody at all was left to answer for: "Nobody".
 */
export function summarize(tally: Tally, short: Readonly<Record<string, string>>): string {
  const parts = Object.keys(short).flatMap((answer) => {
    const many = tally[answer] ?? 0;
    return many > 0 ? `${many.toLocaleString("en-US")} ${short[answer]}` : [];
  });
  return parts.join(", ") || "Nobody was left";
}
