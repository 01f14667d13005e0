import { expect, test } from "vitest";
import { badPassword, hashPassword, passwordFits } from "./password";

test.each([
  ["1234567", "password-short"],
  ["a".repeat(257), "password-long"],
  ["password1", "password-common"],
  ["Password1", "password-common"],
  ["ｐａｓｓｗｏｒｄ１", "password-common"], // in wide letters, compared as the one above
  ["e\u0301".repeat(7), "password-short"], // seven letters, each with an accent of its own
  ["\ufdfa".repeat(100), "password-long"], // one sign that is compared as eighteen
  ["zzzzzzzzzz", "password-common"],
  ["ann@x.io", "password-common"],
  ["annabelle", "password-common"],
  ["four lovely geese", null],
  ["🪿🦆🐔🦢🪿🦆🐔🦢", null],
])("%s: %s", (password, reason) => {
  expect(badPassword(password, ["annabelle@y.io", "ann@x.io"])).toBe(reason);
});

test("a password is compared whole, to its last letter", async () => {
  const long = "x".repeat(255);
  const hash = await hashPassword(`${long}1`);
  expect(hash).toMatch(/^\$argon2id\$/);
  expect(await passwordFits(hash, `${long}1`)).toBe(true);
  expect(await passwordFits(hash, `${long}2`)).toBe(false);
  expect(await passwordFits(hash, long)).toBe(false);
});

test("without an account no password fits", async () => {
  expect(await passwordFits(null, "four lovely geese")).toBe(false);
});
