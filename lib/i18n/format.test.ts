import { expect, test } from "vitest";
import {
  formatDuration,
  formatFullTime,
  formatRelativeTime,
  formatShortTime,
  isTimeZone,
  startOfDay,
  timestampFormat,
} from "./format";
import type { Locale } from "./locales";

const now = new Date("2026-11-27T15:08:59.900Z");
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test("D1 a full time has the weekday, the date, the time and the zone, and is never rounded up", () => {
  expect(formatFullTime(now, "en", "Europe/Berlin")).toBe("Friday, November 27, 2026 at 16:08 CET");
  expect(formatFullTime(now, "en", "America/New_York")).toBe("Friday, November 27, 2026 at 10:08 EST");
  expect(formatFullTime(now, "en", "UTC")).toBe("Friday, November 27, 2026 at 15:08 UTC");
  expect(formatFullTime(now, "de", "Europe/Berlin")).toBe("Freitag, 27. November 2026 um 16:08 MEZ");
  expect(formatFullTime(now, "ja", "Asia/Tokyo")).toBe("2026年11月28日土曜日 00:08 JST");
});

test("a short time has the date, the time and the zone", () => {
  expect(formatShortTime(now, "en", "Europe/Berlin")).toBe("Nov 27, 2026, 16:08 CET");
});

test("a relative time uses the largest unit that fits, and rounds like the expiry ring", () => {
  const format = (minutes: number, locale: Locale = "en") => formatRelativeTime(later(minutes), now, locale);
  expect([0, 0.5, -0.5].map((minutes) => format(minutes))).toEqual(["now", "now", "now"]);
  expect([1, -1, 59.6, -90, 24 * 60].map((minutes) => format(minutes))).toEqual([
    "in 1 minute",
    "1 minute ago",
    "in 1 hour",
    "1 hour ago",
    "in 1 day",
  ]);
  expect(format(5 * 24 * 60, "de")).toBe("in 5 Tagen");
  expect(format(-2 * 60, "ja")).toBe("2 時間前");
});

test("a duration is rounded up to the unit that fits", () => {
  expect([0, 1, 90, 91, 3_600, 90 * 60 + 1].map((seconds) => formatDuration({ seconds }, "en"))).toEqual([
    "1 second",
    "1 second",
    "90 seconds",
    "2 minutes",
    "60 minutes",
    "2 hours",
  ]);
  expect(formatDuration({ seconds: 120 }, "fr")).toBe("2 minutes");
});

test.for(["", "Berlin", "Europe/Nowhere", "../etc", "a".repeat(65), "UTC; DROP TABLE account"])(
  "“%s” is not a time zone",
  (text) => {
    expect(isTimeZone(text)).toBe(false);
  },
);

test("the zones of the database of time zones are time zones", () => {
  for (const zone of ["UTC", ...Intl.supportedValuesOf("timeZone")]) expect(isTimeZone(zone)).toBe(true);
});

test("G4 a day starts at midnight in its time zone, across changes of the clocks", () => {
  const start = (day: string, zone: string) => startOfDay(day, zone).toISOString();
  expect(start("2026-11-20", "UTC")).toBe("2026-11-20T00:00:00.000Z");
  expect(start("2026-11-20", "Europe/Berlin")).toBe("2026-11-19T23:00:00.000Z");
  expect(start("2026-11-20", "America/Los_Angeles")).toBe("2026-11-20T08:00:00.000Z");
  expect(start("2026-11-20", "Asia/Kolkata")).toBe("2026-11-19T18:30:00.000Z");
  // Summer time ends at 03:00 on October 25, and in Auckland it began on September 27.
  expect(start("2026-10-25", "Europe/Berlin")).toBe("2026-10-24T22:00:00.000Z");
  expect(start("2026-10-26", "Europe/Berlin")).toBe("2026-10-25T23:00:00.000Z");
  expect(start("2026-09-27", "Pacific/Auckland")).toBe("2026-09-26T12:00:00.000Z");
  expect(start("2026-09-28", "Pacific/Auckland")).toBe("2026-09-27T11:00:00.000Z");
});

test("a time in an export has the offset of its zone", () => {
  expect(timestampFormat("UTC")(now)).toBe("2026-11-27T15:08:59.900Z");
  expect(timestampFormat("Europe/Berlin")(now)).toBe("2026-11-27T16:08:59+01:00");
  expect(timestampFormat("America/St_Johns")(now)).toBe("2026-11-27T11:38:59-03:30");
  expect(Date.parse(timestampFormat("Asia/Kolkata")(now))).toBe(Math.floor(now.getTime() / 1000) * 1000);
});
