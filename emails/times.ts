import { formatFullTime, formatRelativeTime } from "@/lib/i18n/format";
import type { EmailReader } from "./template";

/** When something expires, and the time of the database when the email is written. */
export type Expiry = { expiresAt: Date; now: Date };

/** Returns an expiry as values of a message: `relative`, such as "in 7 days", and the exact `date` with its time zone. */
export function formatExpiry(
  { expiresAt, now }: Expiry,
  { locale, timeZone }: EmailReader,
): { relative: string; date: string } {
  return {
    relative: formatRelativeTime(expiresAt, now, locale),
    date: formatFullTime(expiresAt, locale, timeZone),
  };
}
