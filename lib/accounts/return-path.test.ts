import { expect, test } from "vitest";
import { resolveReturnPath } from "./return-path";

const origin = "https://foyer.example";

test.each(["/o/northwind/admin/users?status=all", "/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=X"])(
  "S-LINK-11 the path %s is kept",
  (path) => {
    expect(resolveReturnPath(path, origin)).toBe(path);
  },
);

test.each([
  undefined,
  "",
  "o/x",
  "//evil.example",
  "///evil.example",
  "//a//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "https://evil.example",
  "https:evil.example",
  "https://foyer.example@evil.example",
  "javascript:alert(1)",
  "/..//evil.example",
  "/.//evil.example",
  " //evil.example",
])("S-LINK-11 %j is replaced by /", (requested) => {
  expect(resolveReturnPath(requested, origin)).toBe("/");
});
