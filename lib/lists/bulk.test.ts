import { expect, test } from "vitest";
import {
  addToCounts,
  type BulkItemResult,
  serializeResults,
  summarizeCounts,
  unwrapSingle,
} from "@/lib/lists/bulk";
import { done, refused } from "@/lib/result/result";

const labels = { done: "resent", "resend-limit": "at their limit", "not-found": "not found" };
const resultsOf = (outcome: string, count: number): BulkItemResult[] =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), email: "", outcome }));

test("C9 a summary starts with what was done, then says who was left out and why", () => {
  const first = addToCounts({}, [...resultsOf("resend-limit", 1), ...resultsOf("done", 1_200)]);
  const total = addToCounts(first, resultsOf("resend-limit", 2));
  expect(summarizeCounts(total, labels)).toBe("1,200 resent, 3 at their limit");
});

test("C9 a summary without results says that there was nothing to do", () => {
  expect(summarizeCounts({}, labels)).toBe("Nothing to do");
});

test("C9 a serialized result has a message only if it is a refusal", () => {
  const messages = { "resend-limit": ({ used = 0 }) => `Resent ${used} times.` };
  const items = [
    { id: "1", member: "a", email: "lea@people.test", result: done(null) },
    { id: "2", member: "b", email: "jun@people.test", result: refused("resend-limit", { used: 3 }) },
  ];
  expect(serializeResults(items, messages)).toEqual([
    { id: "1", email: "lea@people.test", outcome: "done" },
    { id: "2", member: "b", email: "jun@people.test", outcome: "resend-limit", message: "Resent 3 times." },
  ]);
});

test("the single result is that of the only item, or the refusal of the whole command", () => {
  expect(unwrapSingle(done([{ id: "1", email: "", result: refused("not-found") }]))).toEqual(
    refused("not-found"),
  );
  expect(unwrapSingle(refused("rights-lost"))).toEqual(refused("rights-lost"));
});
