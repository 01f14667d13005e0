import { expect, test } from "vitest";
import { type BulkAnswer, count, only, summarize, toAnswers } from "@/lib/lists/bulk";
import { done, refused } from "@/lib/result/result";

const short = { done: "resent", "resend-limit": "at their limit", "not-found": "not found" };
const answers = (answer: string, many: number): BulkAnswer[] =>
  Array.from({ length: many }, (_, at) => ({ id: String(at), email: "", answer }));

test("C9 a summary counts what was done first, then who was left out and why", () => {
  const first = count({}, [...answers("resend-limit", 1), ...answers("done", 1_200)]);
  expect(summarize(count(first, answers("resend-limit", 2)), short)).toBe("1,200 resent, 3 at their limit");
});

test("C9 a summary of nobody says that nobody was left", () => {
  expect(summarize({}, short)).toBe("Nobody was left");
});

test("C9 an answer to the screen has a reason in words only where something was refused", () => {
  const words = { "resend-limit": ({ used = 0 }) => `Resent ${used} times.` };
  const answered = [
    { id: "1", member: "a", email: "lea@people.test", outcome: done(null) },
    { id: "2", member: "b", email: "jun@people.test", outcome: refused("resend-limit", { used: 3 }) },
  ];
  expect(toAnswers(answered, words)).toEqual([
    { id: "1", email: "lea@people.test", answer: "done" },
    { id: "2", member: "b", email: "jun@people.test", answer: "resend-limit", why: "Resent 3 times." },
  ]);
});

test("the answer for one is that of a list of one, or the refusal of the whole", () => {
  expect(only(done([{ id: "1", email: "", outcome: refused("not-found") }]))).toEqual(refused("not-found"));
  expect(only(refused("rights-lost"))).toEqual(refused("rights-lost"));
});
