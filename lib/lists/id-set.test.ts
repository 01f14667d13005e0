import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { IdSet } from "./id-set";

test("each id can be added once, however many there are", () => {
  const set = new IdSet();
  const ids = Array.from({ length: 50_000 }, () => randomUUID());
  expect(ids.every((id) => set.add(id))).toBe(true);
  expect(ids.some((id) => set.add(id))).toBe(false);
  expect(set.add(randomUUID())).toBe(true);
});
