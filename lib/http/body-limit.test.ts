import { expect, test } from "vitest";
import { maxBodySize } from "./body-limit";

const [kilobyte, megabyte] = [1024, 1024 * 1024];

test.each(["/o/northwind/admin/users", "/o/northwind/admin/users/invitations"])(
  "a list of 10 MB is accepted at %s",
  (path) => {
    expect(maxBodySize(path)).toBe(12 * megabyte);
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
])("a public form at %s has a small limit", (path) => {
  expect(maxBodySize(path)).toBe(256 * kilobyte);
});

test("the webhook accepts the size of a delivery event", () => {
  expect(maxBodySize("/api/resend")).toBe(64 * kilobyte);
});
