import { expect, test } from "vitest";
import { chanceSlower, quantile, ratios, spread } from "./statistics";

test("a quantile is interpolated between two values", () => {
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([5], 0.95)).toBe(5);
  expect(quantile([1, 2, 3], 1)).toBe(3);
});

test("ratios are computed per round, and their median is taken", () => {
  expect(ratios([10, 20, 90], [10, 10, 10])).toEqual({ median: 2, min: 1, max: 9 });
  expect(spread([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
});

test("equal values count as half greater", () => {
  expect(chanceSlower([1, 2, 3], [1, 2, 3])).toBe(0.5);
  expect(chanceSlower([4, 5], [1, 2, 3])).toBe(1);
  expect(chanceSlower([1, 4], [2, 3])).toBe(0.5);
});
