/**
 * The result of a command: a value, or a refusal whose message is in the noun's `messages.ts`. Bugs throw.
 */
export type Result<T, Reason extends string> = { ok: true; value: T } | Refusal<Reason>;

/** `params` are the values that the message needs, such as a name or a time. */
export type Refusal<Reason extends string> = { ok: false; reason: Reason; params?: MessageParams };

export type MessageParams = Record<string, string | number>;

/** One message per reason: what happened and what to do next. The compiler requires every reason. */
export type Messages<Reason extends string> = Record<Reason, string | ((params: MessageParams) => string)>;

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused<const Reason extends string>(
  reason: Reason,
  params?: MessageParams,
): Refusal<Reason> {
  return params ? { ok: false, reason, params } : { ok: false, reason };
}

/** The message of a form whose session ended after the page was loaded; the fields keep their values. */
export const SIGNED_OUT_MESSAGE =
  "Your session has ended. Log in again in another tab, then repeat this here: what you typed is still there.";

/** The message of a form whose action got no response. */
export const SERVER_UNREACHABLE_MESSAGE = "The server could not be reached. Nothing was changed; try again.";

/** Returns the message for a refusal. */
export function messageFor<Reason extends string>(
  messages: Messages<Reason>,
  refusal: Refusal<Reason>,
): string {
  const message = messages[refusal.reason];
  return typeof message === "string" ? message : message(refusal.params ?? {});
}
