const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** The largest unit that fits, with the distance from which it is used: 59.6 minutes are an hour already. */
const units = [
  { from: YEAR, size: YEAR, name: "year" },
  { from: 2 * MONTH, size: MONTH, name: "month" },
  { from: DAY - HOUR / 2, size: DAY, name: "day" },
  { from: HOUR - MINUTE / 2, size: HOUR, name: "hour" },
  { from: 0.75 * MINUTE, size: MINUTE, name: "minute" },
];

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "in 5 days", "9 hours ago", "just now": `at` as seen from `now`, rounded as the expiry ring is. */
export function relativeTime(at: Date, now: Date): string {
  const distance = at.getTime() - now.getTime();
  const away = Math.abs(distance);
  const fitting = units.find(({ from }) => away >= from);
  if (!fitting) return distance > 0 ? "in a moment" : "just now";
  const count = Math.round(away / fitting.size);
  const words = `${count} ${fitting.name}${count === 1 ? "" : "s"}`;
  return distance > 0 ? `in ${words}` : `${words} ago`;
}

/** "18 Nov 2025, 14:02 UTC". By hand: server and browser may bring different spellings of months. */
export function absoluteTime(at: Date): string {
  const clock = at.toISOString().slice(11, 16);
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${at.getUTCFullYear()}, ${clock} UTC`;
}
