import type { Locale } from "@/lib/i18n/locales";

/** How long to wait, in whole seconds. */
export type Duration = { seconds: number };

/** Formats a duration in its largest fitting unit, rounded up: "45 seconds", "2 minutes", "24 hours". */
export function formatDuration({ seconds }: Duration, locale: Locale): string {
  const [count, unit] =
    seconds > 90 * 60
      ? [Math.ceil(seconds / 3600), "hour"]
      : seconds > 90
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.max(1, seconds), "second"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(count);
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** Units, largest first, each with the smallest distance it is used for: 59.6 minutes count as an hour. */
const UNITS = [
  { minimum: YEAR, size: YEAR, unit: "year" },
  { minimum: 2 * MONTH, size: MONTH, unit: "month" },
  { minimum: DAY - HOUR / 2, size: DAY, unit: "day" },
  { minimum: HOUR - MINUTE / 2, size: HOUR, unit: "hour" },
  { minimum: 0.75 * MINUTE, size: MINUTE, unit: "minute" },
] as const;

/**
 * Formats `at` relative to `now`: "in 5 days", "9 hours ago", and "now" for less than 45 seconds. Rounds like the expiry
 * ring.
 */
export function formatRelativeTime(at: Date, now: Date, locale: Locale): string {
  const distance = at.getTime() - now.getTime();
  const match = UNITS.find(({ minimum }) => Math.abs(distance) >= minimum);
  if (!match) return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(0, "second");
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  return format.format(Math.round(distance / match.size), match.unit);
}

/** Formats a time for a list: "Nov 18, 2025, 14:02 UTC". */
export function formatShortTime(at: Date, locale: Locale, timeZone: string): string {
  return formatWithZone(at, locale, timeZone, { day: "numeric", month: "short", year: "numeric" });
}

/** Formats a time in full: "Friday, November 27, 2026 at 16:08 CET". Seconds are cut off, never rounded up. */
export function formatFullTime(at: Date, locale: Locale, timeZone: string): string {
  return formatWithZone(at, locale, timeZone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

function formatWithZone(
  at: Date,
  locale: Locale,
  timeZone: string,
  date: Intl.DateTimeFormatOptions,
): string {
  const format = new Intl.DateTimeFormat(locale, {
    ...date,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
    timeZoneName: "short",
  });
  const zone = locale === "en" ? englishZoneName(at, timeZone) : undefined;
  return format
    .formatToParts(at)
    .map(({ type, value }) => (type === "timeZoneName" ? (zone ?? value) : value))
    .join("");
}

/** Returns the short name of a time zone now: "CET", "GMT+1". */
export function formatZoneName(locale: Locale, timeZone: string, now = new Date()): string {
  if (locale === "en") return englishZoneName(now, timeZone) ?? timeZone;
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }).formatToParts(now);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** Returns "CET" or "EST". American English abbreviates only American zones, and British English the European ones. */
function englishZoneName(at: Date, timeZone: string): string | undefined {
  const names = ["en-US", "en-GB"].map(
    (region) =>
      new Intl.DateTimeFormat(region, { timeZone, timeZoneName: "short" })
        .formatToParts(at)
        .find(({ type }) => type === "timeZoneName")?.value,
  );
  return names.find((name) => name && !/^GMT[+-]/.test(name)) ?? names[0];
}

/** Returns the instant at which a day, such as "2026-11-20", starts in a time zone. */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset can change between midnight in UTC and midnight in the zone.
  const guess = midnight - offsetAt(midnight, timeZone);
  return new Date(midnight - offsetAt(guess, timeZone));
}

/** Returns how far the clocks of a time zone are ahead of UTC, in milliseconds. */
function offsetAt(time: number, timeZone: string): number {
  const seconds = Math.floor(time / 1000) * 1000;
  return Date.parse(`${wallClock(timeZone).format(seconds).replace(" ", "T")}Z`) - seconds;
}

/**
 * Returns a function that formats times for exports: "2026-11-27T16:08:59+01:00", and in UTC
 * "2026-11-27T15:08:59.900Z".
 */
export function timestampFormat(timeZone: string): (at: Date) => string {
  if (timeZone === "UTC") return (at) => at.toISOString();
  const format = wallClock(timeZone);
  return (at) => {
    const local = format.format(at).replace(" ", "T");
    const minutes = Math.round((Date.parse(`${local}Z`) - at.getTime()) / MINUTE);
    const [hour, minute] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60].map((part) =>
      String(part).padStart(2, "0"),
    );
    return `${local}${minutes < 0 ? "-" : "+"}${hour}:${minute}`;
  };
}

/** Returns a format that writes "2026-11-27 16:08:59". */
function wallClock(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("sv-SE", { dateStyle: "short", timeStyle: "medium", timeZone });
}

/** The cookie with the time zone of the browser, set by `TimeZoneCookie`. */
export const TIME_ZONE_COOKIE = "time-zone";

/** Returns true for a time zone that this runtime knows, such as "Europe/Berlin". */
export function isTimeZone(text: string): boolean {
  try {
    return text.length <= 64 && Boolean(new Intl.DateTimeFormat("en", { timeZone: text }));
  } catch {
    return false;
  }
}
