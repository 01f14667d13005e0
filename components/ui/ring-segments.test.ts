import { expect, test } from "vitest";
import { ringSegments } from "./ring-segments";

test("an invitation for seven days has seven segments, one lit per day left", () => {
  expect(ringSegments(7, 7)).toEqual({ count: 7, lit: 7 });
  expect(ringSegments(7, 5)).toEqual({ count: 7, lit: 5 });
});

test("at least one segment is lit before expiry, and none afterwards", () => {
  expect(ringSegments(7, 0.01).lit).toBe(1);
  expect(ringSegments(30, 0.01).lit).toBe(1);
  expect(ringSegments(7, 0).lit).toBe(0);
  expect(ringSegments(7, -3).lit).toBe(0);
});

test("for 1 to 30 days there are at most ten segments, and never more lit than there are", () => {
  for (let days = 1; days <= 30; days += 1) {
    for (let left = -1; left <= days + 1; left += 0.25) {
      const { count, lit } = ringSegments(days, left);
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(10);
      expect(lit).toBeLessThanOrEqual(count);
    }
  }
});

test("long lifetimes are divided into equal groups of days", () => {
  expect(ringSegments(10, 10).count).toBe(10);
  expect(ringSegments(14, 7)).toEqual({ count: 7, lit: 4 });
  expect(ringSegments(30, 30).count).toBe(10);
});
