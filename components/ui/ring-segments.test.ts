import { expect, test } from "vitest";
import { ringSegments } from "./ring-segments";

test("a term of seven days is seven segments, one for each day left", () => {
  expect(ringSegments(7, 7)).toEqual({ count: 7, lit: 7 });
  expect(ringSegments(7, 5)).toEqual({ count: 7, lit: 5 });
});

test("while any time is left a segment is lit, and afterwards none", () => {
  expect(ringSegments(7, 0.01).lit).toBe(1);
  expect(ringSegments(30, 0.01).lit).toBe(1);
  expect(ringSegments(7, 0).lit).toBe(0);
  expect(ringSegments(7, -3).lit).toBe(0);
});

test("every term from 1 to 30 days has at most ten segments and never more lit than there are", () => {
  for (let days = 1; days <= 30; days += 1) {
    for (let left = -1; left <= days + 1; left += 0.25) {
      const { count, lit } = ringSegments(days, left);
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(10);
      expect(lit).toBeLessThanOrEqual(count);
    }
  }
});

test("long terms are cut into even groups of days", () => {
  expect(ringSegments(10, 10).count).toBe(10);
  expect(ringSegments(14, 7)).toEqual({ count: 7, lit: 4 });
  expect(ringSegments(30, 30).count).toBe(10);
});
