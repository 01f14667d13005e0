import type { Duration } from "@/lib/i18n/format";
import { formatDuration } from "@/lib/i18n/format";
import type { MessageKey, Translation } from "@/lib/i18n/messages";

/**
 * The result of a command: a value, or a refusal whose message is in the noun's `messages.ts`. Bugs throw.
 */
export type Result<T, Reason extends string> = { ok: true; value: T } | Refusal<Reason>;

/** `params` are the values that the message needs, such as a name or a duration. */
export type Refusal<Reason extends string> = { ok: false; reason: Reason; params?: MessageParams };

export type MessageParams = Record<string, string | number | Duration>;

/** The message of each reason: what happened and what to do next. The compiler requires every reason. */
export type Messages<Reason extends string> = Record<Reason, MessageKey>;

export function done<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function refused<const Reason extends string>(
  reason: Reason,
  params?: MessageParams,
): Refusal<Reason> {
  return params ? { ok: false, reason, params } : { ok: false, reason };
}

/** Returns the message of a refusal in the reader's language. */
export function translateRefusal<Reason extends string>(
  { t, locale }: Translation,
  messages: Messages<Reason>,
  { reason, params = {} }: Refusal<Reason>,
): string {
  const values = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === "object" ? formatDuration(value, locale) : value,
  ]);
  const key: MessageKey = messages[reason];
  return t(key, Object.fromEntries(values) as Record<string, string | number>);
}
