import { expect, test } from "vitest";
import { ambiguousNames, bannedWords, exportedNames, splitWords } from "./vocabulary.mjs";

test.each([
  ["a variable in camel case", "const letterCount = 0;", ["letter"]],
  ["a constant in capitals", "const OWED_EMAILS = [];", ["owed"]],
  ["a column in snake case", "SELECT letter_id FROM outbox", ["letter"]],
  ["a class in kebab case", ".house-list { color: red; }", ["house"]],
  ["a comment", "// Somebody heard of it.", ["somebody", "heard"]],
  ["a text", 'const message = "Nobody was invited.";', ["nobody"]],
])("a banned word in %s is found", (_, line, words) => {
  expect(bannedWords("lib/file.ts", line)).toEqual(words.map((word) => `lib/file.ts:1 "${word}"`));
});

test("a banned word in a file name is found", () => {
  expect(bannedWords("lib/letters.ts", "")).toEqual(['lib/letters.ts:0 "letters"']);
});

test.each(["It is kept for good.", "Everyone has it by now.", "This is no address.", "Sent a moment ago"])(
  "the banned phrase in %j is found",
  (line) => {
    expect(bannedWords("lib/file.ts", line)).toHaveLength(1);
  },
);

test.each([
  "const newsletter = 1;",
  "const heart = warehouse + standard;",
  "The invitation is no longer pending.",
  "for goodness",
])("%j is accepted", (line) => {
  expect(bannedWords("lib/file.ts", line)).toEqual([]);
});

test("findings have the number of their line", () => {
  expect(bannedWords("lib/file.ts", "const a = 1;\n// anew\nconst b = 2;")).toEqual(['lib/file.ts:2 "anew"']);
});

test("names are split at capitals, underscores, hyphens and digits", () => {
  expect(splitWords("parseHTTPRequest EMAIL_BATCH user-row item2")).toEqual([
    "parse",
    "http",
    "request",
    "email",
    "batch",
    "user",
    "row",
    "item",
  ]);
});

test("the exported names of a module are its own declarations, without defaults and imports", () => {
  const text = `
    import { other } from "./other";
    export { other };
    export const limit = 1, size = 2;
    export type Row = { id: string };
    export interface Column {}
    export async function listRows() {}
    export class Table {}
    export default function Page() {}
    function internal() {}
  `;
  expect(exportedNames("file.ts", text)).toEqual(["limit", "size", "Row", "Column", "listRows", "Table"]);
});

test("a name that two modules export is found", () => {
  const exported = new Map([
    ["lib/a.ts", ["listRows", "countRows"]],
    ["lib/b.ts", ["listRows"]],
  ]);
  expect(ambiguousNames(exported)).toEqual(['lib/a.ts, lib/b.ts "listRows" is exported twice']);
});

test("an overloaded function is exported once", () => {
  expect(ambiguousNames(new Map([["lib/a.ts", ["listRows", "listRows"]]]))).toEqual([]);
});

test("an exported name under five letters is found", () => {
  expect(ambiguousNames(new Map([["lib/a.ts", ["list", "lists"]]]))).toEqual([
    'lib/a.ts "list" has under five letters',
  ]);
});

test("names that Next.js requires are accepted", () => {
  const routes = ["GET", "POST", "metadata"];
  expect(
    ambiguousNames(
      new Map([
        ["app/a/route.ts", routes],
        ["app/b/route.ts", routes],
      ]),
    ),
  ).toEqual([]);
});
