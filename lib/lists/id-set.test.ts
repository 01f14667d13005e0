import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { SeenIds } from "./id-set";

test("each id is new once, however many there are", () => {
  const seen = new SeenIds();
  const ids = Array.from({ length: 50_000 }, () => randomUUID());
  expect(ids.every((id) => seen.add(id))).toBe(true);
  expect(ids.some((id) => seen.add(id))).toBe(false);
  expect(seen.add(randomUUID())).toBe(true);
});
