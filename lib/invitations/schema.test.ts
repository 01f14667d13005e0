import { expect, test } from "vitest";
import { uploadInput } from "./schema";

const upload = { organization: "northwind", list: "ann@x.io", role: "member", policies: [], from: 0 };
const corrections = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [index, "b@x.io"]));

test("B5 every line of a list can be corrected", () => {
  expect(uploadInput.safeParse({ ...upload, choices: { corrections: corrections(2_000) } }).success).toBe(
    true,
  );
});

test.each([
  ["too many", corrections(2_001)],
  ["an invalid line number", { x: "b@x.io" }],
  ["an invalid text", { 1: 1 }],
  ["null", null],
  ["a string", "1"],
])("B5 corrections are refused: %s", (_, value) => {
  expect(uploadInput.safeParse({ ...upload, choices: { corrections: value } }).success).toBe(false);
});

test("half a million corrections are one issue, and none of them is parsed", () => {
  let isRead = false;
  const many: Record<string, unknown> = corrections(500_000);
  Object.defineProperty(many, "x", { enumerable: true, get: () => (isRead = true) });
  const { error } = uploadInput.safeParse({ ...upload, choices: { corrections: many } });
  expect(error?.issues).toHaveLength(1);
  expect(isRead).toBe(false);
});
