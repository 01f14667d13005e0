import { expect, test } from "vitest";
import { uploadInput } from "./schema";

const upload = { organization: "northwind", list: "ann@x.io", role: "member", policies: [] };
const mends = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [at, "b@x.io"]));

test("B5 as many lines can be mended as a list may have", () => {
  expect(uploadInput.safeParse({ ...upload, mends: mends(100) }).success).toBe(true);
});

test.each([
  ["more of them", mends(101)],
  ["a number that is none", { x: "b@x.io" }],
  ["a text that is none", { 1: 1 }],
  ["nothing", null],
  ["a text", "1"],
])("B5 mends are refused that are %s", (_, sent) => {
  expect(uploadInput.safeParse({ ...upload, mends: sent }).success).toBe(false);
});

test("half a million mends are one complaint, and none of them is read", () => {
  let isRead = false;
  const many: Record<string, unknown> = mends(500_000);
  Object.defineProperty(many, "x", { enumerable: true, get: () => (isRead = true) });
  const { error } = uploadInput.safeParse({ ...upload, mends: many });
  expect(error?.issues).toHaveLength(1);
  expect(isRead).toBe(false);
});
