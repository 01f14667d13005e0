const PARTS = new Intl.DateTimeFormat("en-GB", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/**
 * "Friday, 27 November 2026 at 15:08 UTC". Seconds are cut off, never rounded up, so that the email never promises more
 * time than remains.
 */
export function formatExactTime(time: Date): string {
  const part = Object.fromEntries(PARTS.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${part.weekday}, ${part.day} ${part.month} ${part.year} at ${part.hour}:${part.minute} UTC`;
}
