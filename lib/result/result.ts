/** What a command answers: a value, or a refusal with a reason that `messages.ts` of its noun words. Bugs throw. */
export type Result<T, Reason extends string> = { ok: true; value: T } | Refusal<Reason>;

/** `facts` are what the words need: a name, a time. */
export type Refusal<Reason extends string> = { ok: false; reason: Reason; facts?: MessageParams };

export type MessageParams = Record<string, string | number>;

/** One sentence per reason: what happened and what to do next. The compiler insists on every reason. */
export type Messages<Reason extends string> = Record<Reason, string | ((facts: MessageParams) => string)>;

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused<const Reason extends string>(reason: Reason, facts?: MessageParams): Refusal<Reason> {
  return facts ? { ok: false, reason, facts } : { ok: false, reason };
}

/** What a form says whose session ended meanwhile; its fields keep what was typed. */
export const SIGNED_OUT_MESSAGE =
  "Your session has ended. Log in again in another tab, then repeat this here: what you typed is still there.";

/** The sentence for a refusal. */
export function messageFor<Reason extends string>(words: Messages<Reason>, refusal: Refusal<Reason>): string {
  const word = words[refusal.reason];
  return typeof word === "string" ? word : word(refusal.facts ?? {});
}
