import { expect, test } from "vitest";
import { statementNames } from "@/lib/db/statement-names";

const select = (what: number) => ({ sql: `SELECT ${what}` });

test("a statement gets its name the second time, and keeps it", () => {
  const nameOf = statementNames();
  expect(nameOf(select(1))).toBe("");
  const name = nameOf(select(1));
  expect(name).not.toBe("");
  expect(nameOf(select(1))).toBe(name);
});

test("two statements never share a name", () => {
  const nameOf = statementNames();
  const names = [1, 2, 3, 1, 2, 3].map((what) => nameOf(select(what))).slice(3);
  expect(new Set(names).size).toBe(3);
});

test("only so many are named, whatever comes", () => {
  const nameOf = statementNames(2);
  for (let what = 0; what < 1_000; what++) expect(nameOf(select(what))).toBe("");
  const named = [1, 2, 3, 4].map((what) => [nameOf(select(what)), nameOf(select(what))][1]);
  expect(named.filter((name) => name !== "")).toHaveLength(2);
});
