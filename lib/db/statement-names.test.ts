import { expect, test } from "vitest";
import { createStatementNamer } from "@/lib/db/statement-names";

const selectStatement = (column: number) => ({ sql: `SELECT ${column}` });

test("a statement gets a name the second time and keeps it", () => {
  const nameOf = createStatementNamer();
  expect(nameOf(selectStatement(1))).toBe("");
  const name = nameOf(selectStatement(1));
  expect(name).not.toBe("");
  expect(nameOf(selectStatement(1))).toBe(name);
});

test("different statements have different names", () => {
  const nameOf = createStatementNamer();
  const names = [1, 2, 3, 1, 2, 3].map((column) => nameOf(selectStatement(column))).slice(3);
  expect(new Set(names).size).toBe(3);
});

test("the number of names is limited", () => {
  const nameOf = createStatementNamer(2);
  for (let column = 0; column < 1_000; column++) expect(nameOf(selectStatement(column))).toBe("");
  const named = [1, 2, 3, 4].map(
    (column) => [nameOf(selectStatement(column)), nameOf(selectStatement(column))][1],
  );
  expect(named.filter((name) => name !== "")).toHaveLength(2);
});
