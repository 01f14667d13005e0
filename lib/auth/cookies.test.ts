import { expect, test } from "vitest";
import { ownCookie } from "./cookies";

test("on https a cookie is bound to this host by its prefix, and goes over nothing else", () => {
  expect(ownCookie("session", true)).toEqual({
    name: "__Host-foyer-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
  });
});

test("on plain http, where no prefix is possible, scripts and other sites' posts still have no part in it", () => {
  expect(ownCookie("session", false)).toEqual({
    name: "foyer-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: false },
  });
});
