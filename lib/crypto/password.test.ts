import { expect, test } from "vitest";
import { findPasswordProblem, hashPassword, passwordMatches } from "./password";

test.each([
  ["1234567", "password-short"],
  ["a".repeat(257), "password-long"],
  ["password1", "password-common"],
  ["Password1", "password-common"],
  ["ｐａｓｓｗｏｒｄ１", "password-common"], // full-width, normalized to the one above
  ["e\u0301".repeat(7), "password-short"], // seven characters, each with a combining accent
  ["\ufdfa".repeat(100), "password-long"], // one character that is normalized to eighteen
  ["zzzzzzzzzz", "password-common"],
  ["ann@x.io", "password-common"],
  ["annabelle", "password-common"],
  ["four lovely geese", null],
  ["🪿🦆🐔🦢🪿🦆🐔🦢", null],
])("%s: %s", (password, reason) => {
  expect(findPasswordProblem(password, ["annabelle@y.io", "ann@x.io"])).toBe(reason);
});

test("a password is compared at its full length", async () => {
  const long = "x".repeat(255);
  const hash = await hashPassword(`${long}1`);
  expect(hash).toMatch(/^\$argon2id\$/);
  expect(await passwordMatches(hash, `${long}1`)).toBe(true);
  expect(await passwordMatches(hash, `${long}2`)).toBe(false);
  expect(await passwordMatches(hash, long)).toBe(false);
});

test("without an account no password matches", async () => {
  expect(await passwordMatches(null, "four lovely geese")).toBe(false);
});
