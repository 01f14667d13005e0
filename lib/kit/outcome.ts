/** What a command answers: a value, or a refusal with a reason that `messages.ts` of its noun words. Bugs throw. */
export type Outcome<T, Reason extends string> = { ok: true; value: T } | Refusal<Reason>;

export type Refusal<Reason extends string> = { ok: false; reason: Reason };

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused<const Reason extends string>(reason: Reason): Refusal<Reason> {
  return { ok: false, reason };
}
