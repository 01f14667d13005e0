import { expect, test } from "vitest";
import { pathForLog } from "./log";

test.each([
  ["/join/7KQF9-M2XTR-V4B8C-N3HJW?proof=ABC", "/join/[hidden]"],
  ["/confirm/7KQF9-M2XTR-V4B8C-N3HJW", "/confirm/[hidden]"],
  ["/sign-in/7KQF9", "/sign-in/[hidden]"],
  ["/o/northwind/admin/users?after=lea%40x.io", "/o/northwind/admin/users"],
  ["/join", "/join"],
])("%s is logged as %s", (path, logged) => {
  expect(pathForLog(path)).toBe(logged);
});
