import { type Bounce, bounceWords } from "@/lib/mail/bounces";
import type { LetterState } from "@/lib/mail/states";

/** What a provider tells of one letter, as far as it says where the letter is. Never whether it was opened (REQ-C10). */
export const EVENT_TYPES = ["sent", "delayed", "failed", "delivered", "bounced", "complained"] as const;

export type EventType = (typeof EVENT_TYPES)[number];

/** One of them; `at` is the provider's clock. */
export type LetterEvent = {
  id: string;
  type: EventType;
  at: Date;
  /** Of a bounce. */
  bounce?: Bounce;
  /** Of a failure: what the provider says. */
  reason?: string;
};

/**
 * Where a letter is by everything that was told of it; null: nothing was. It is a question of the set alone: in whatever
 * order they come, and however often, the answer is the same. What is more final counts, whatever the clocks say: a
 * letter that was delivered and then bounced did not reach its reader, and one that was delayed and then delivered did.
 */
export function stateAfter(
  events: readonly LetterEvent[],
): { state: LetterState; detail: string | null } | null {
  const [last] = [...events].sort(byFinality);
  return last ? { state: last.type, detail: detailOf(last) } : null;
}

/** The most final first; of several alike the latest, and of the same moment always the same one. */
function byFinality(one: LetterEvent, other: LetterEvent): number {
  return (
    EVENT_TYPES.indexOf(other.type) - EVENT_TYPES.indexOf(one.type) ||
    other.at.getTime() - one.at.getTime() ||
    Number(other.id > one.id) - Number(other.id < one.id)
  );
}

function detailOf({ type, bounce, reason }: LetterEvent): string | null {
  if (bounce) return bounceWords(bounce);
  if (type === "delayed") return "its mail server does not take it yet; the provider keeps trying";
  return type === "failed" ? `the provider did not send it: ${reason || "it does not say why"}` : null;
}
