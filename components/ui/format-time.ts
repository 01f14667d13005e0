const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** Units, largest first, each with the smallest distance it is used for: 59.6 minutes count as an hour. */
const units = [
  { minimum: YEAR, size: YEAR, name: "year" },
  { minimum: 2 * MONTH, size: MONTH, name: "month" },
  { minimum: DAY - HOUR / 2, size: DAY, name: "day" },
  { minimum: HOUR - MINUTE / 2, size: HOUR, name: "hour" },
  { minimum: 0.75 * MINUTE, size: MINUTE, name: "minute" },
];

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Formats `at` relative to `now`: "in 5 days", "9 hours ago", "just now". Rounds like the expiry ring. */
export function formatRelativeTime(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime();
  const magnitude = Math.abs(distance);
  const unit = units.find(({ minimum }) => magnitude >= minimum);
  if (!unit) return distance > 0 ? "in a moment" : "just now";
  const count = Math.round(magnitude / unit.size);
  const text = `${count} ${unit.name}${count === 1 ? "" : "s"}`;
  return distance > 0 ? `in ${text}` : `${text} ago`;
}

/**
 * Formats a time as "18 Nov 2025, 14:02 UTC". Does not use Intl, because server and browser may spell months
 * differently, which would break hydration.
 */
export function formatAbsoluteTime(at: Date): string {
  const clock = at.toISOString().slice(11, 16);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${clock} UTC`;
}
