import { expect, test } from "vitest";
import { translationFor } from "@/lib/i18n/translation";
import {
  addToCounts,
  type BulkItemResult,
  serializeResults,
  summarizeCounts,
  unwrapSingle,
} from "@/lib/lists/bulk";
import { done, refused } from "@/lib/result/result";

const english = translationFor("en");
const labels = {
  done: "admin.users.bulk.summary.blocked",
  "not-active": "admin.users.bulk.summary.not-active",
  "not-found": "admin.users.bulk.summary.not-found",
} as const;
const resultsOf = (outcome: string, count: number): BulkItemResult[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), email: "", outcome }));

test("C9 a summary starts with what was done, then says who was left out and why", () => {
  const first = addToCounts({}, [...resultsOf("not-active", 1), ...resultsOf("done", 1_200)]);
  const total = addToCounts(first, resultsOf("not-active", 2));
  expect(summarizeCounts(english, total, labels)).toBe("1,200 blocked, 3 not active");
});

test("C9 a summary without results says that there was nothing to do", () => {
  expect(summarizeCounts(english, {}, labels)).toBe("Nothing to do");
});

test("C9 a serialized result has a message only if it is a refusal", () => {
  const messages = { "too-many": "errors.actions.too-many" } as const;
  const items = [
    { id: "1", member: "a", email: "lea@people.test", result: done(null) },
    {
      id: "2",
      member: "b",
      email: "jun@people.test",
      result: refused("too-many", { wait: { seconds: 120 } }),
    },
  ];
  expect(serializeResults(english, items, messages)).toEqual([
    { id: "1", email: "lea@people.test", outcome: "done" },
    {
      id: "2",
      member: "b",
      email: "jun@people.test",
      outcome: "too-many",
      message: "Too many attempts. Try again in 2 minutes.",
    },
  ]);
});

test("the single result is that of the only item, or the refusal of the whole command", () => {
  expect(unwrapSingle(done([{ id: "1", email: "", result: refused("not-found") }]))).toEqual(
    refused("not-found"),
  );
  expect(unwrapSingle(refused("rights-lost"))).toEqual(refused("rights-lost"));
});
