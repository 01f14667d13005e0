import { expect, test } from "vitest";
import { formatAbsoluteTime, formatRelativeTime } from "./format-time";

const now = new Date("2025-11-20T12:00:00Z");
const HOUR = 3_600_000;

test.each([
  [0, "just now"],
  [-30_000, "just now"],
  [30_000, "in a moment"],
  [-60_000, "1 minute ago"],
  [-59.7 * 60_000, "1 hour ago"],
  [9 * HOUR, "in 9 hours"],
  [-18 * HOUR, "18 hours ago"],
  [23.7 * HOUR, "in 1 day"],
  [5 * 24 * HOUR, "in 5 days"],
  [7 * 24 * HOUR - 1000, "in 7 days"],
  [-45 * 24 * HOUR, "45 days ago"],
  [-90 * 24 * HOUR, "3 months ago"],
  [-800 * 24 * HOUR, "2 years ago"],
])("a time %d milliseconds away is formatted as %s", (offset, text) => {
  expect(formatRelativeTime(new Date(now.getTime() + offset), now)).toBe(text);
});

test("the absolute time names its zone", () => {
  expect(formatAbsoluteTime(new Date("2025-11-08T04:02:59Z"))).toBe("8 Nov 2025, 04:02 UTC");
});
