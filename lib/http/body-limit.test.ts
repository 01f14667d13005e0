import { expect, test } from "vitest";
import { bodyLimit } from "./body-limit";

const [kilobyte, megabyte] = [1024, 1024 * 1024];

test.each(["/o/northwind/admin/users", "/o/northwind/admin/users/invitations"])(
  "a list of 10 MB is read at %s",
  (path) => {
    expect(bodyLimit(path)).toBe(12 * megabyte);
  },
);

test.each([
  "/",
  "/login",
  "/o/northwind/login",
  "/o/northwind",
  "/join/x",
  "/account",
  "/admin/",
  "/o//admin/",
])("at %s, where anybody may send a form, nobody is read for longer than a form is", (path) => {
  expect(bodyLimit(path)).toBe(256 * kilobyte);
});

test("the webhook is read for as long as news of a letter is", () => {
  expect(bodyLimit("/api/resend")).toBe(64 * kilobyte);
});
