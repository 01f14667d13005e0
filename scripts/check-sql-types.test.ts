import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checkSqlTypes } from "./check-sql-types";
import type { SqlResult } from "./sql-results";

const SOURCE = `
declare const db: { $queryRaw<T = unknown>(text: TemplateStringsArray): Promise<T> };

export const people = () => db.$queryRaw<{ name: string; joinedAt: Date | null; policies: { id: string }[] }[]>\`
  SELECT name, joined_at AS "joinedAt",
         policies FROM member\`;

export const lock = () => db.$queryRaw\`SELECT FROM member FOR UPDATE\`;
`;

let folder = "";
let program: ts.Program;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "sql-types-"));
  const source = path.join(folder, "lib", "people.ts");
  mkdirSync(path.dirname(source));
  writeFileSync(source, SOURCE);
  program = ts.createProgram([source], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022 });
});
afterAll(() => rmSync(folder, { recursive: true }));

const ROW = {
  name: ["string"],
  joinedAt: ["Date", "null"],
  policies: ["array"],
  "policies[]": ["object"],
  "policies[].id": ["string"],
};

/** Returns the problems for these values, returned by a call in a line of the statement. */
function problemsFor(values: SqlResult["values"], line = 6): string[] {
  const { problems } = checkSqlTypes(program, folder, [{ file: "lib/people.ts", line, values }]);
  return problems.map((problem) => problem.replace("lib/people.ts:4 ", ""));
}

test("a result with the declared columns and types is correct, on any line of the statement", () => {
  for (const line of [4, 5, 6]) expect(problemsFor(ROW, line)).toEqual([]);
});

test("a renamed column is found, on both sides", () => {
  const { name: _, ...rest } = ROW;
  expect(problemsFor({ ...rest, title: ["string"] })).toEqual([
    '"title" is not declared',
    '"name" is declared, but not selected',
  ]);
});

test("a renamed key of JSON is found", () => {
  const { "policies[].id": _, ...rest } = ROW;
  expect(problemsFor({ ...rest, "policies[].key": ["string"] })).toEqual([
    '"policies[].key" is not declared',
    '"policies[].id" is declared, but not selected',
  ]);
});

test("a value of a different type, including null, is found", () => {
  expect(problemsFor({ ...ROW, name: ["null", "string"], joinedAt: ["string"] })).toEqual([
    '"name" is null, declared as string',
    '"joinedAt" is string, declared as Date | null',
  ]);
});

test("a statement of which no test reads a row is found", () => {
  expect(problemsFor({})).toEqual(["no integration test reads a row of this statement"]);
  expect(problemsFor(ROW, 8)).toEqual(["no integration test reads a row of this statement"]);
});

test("a statement without a result type, such as a lock, needs no result", () => {
  expect(checkSqlTypes(program, folder, []).statements).toBe(1);
});
