import { expect, test } from "vitest";
import { returnAddress } from "./return-address";

const origin = "https://foyer.example";

test.each(["/o/northwind/admin/users?status=all", "/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=X"])(
  "%s stays",
  (path) => {
    expect(returnAddress(path, origin)).toBe(path);
  },
);

test.each([
  undefined,
  "",
  "o/x",
  "//evil.example",
  "///evil.example",
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
])("%j leads home", (asked) => {
  expect(returnAddress(asked, origin)).toBe("/");
});
