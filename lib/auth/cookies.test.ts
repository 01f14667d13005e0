import { expect, test } from "vitest";
import { cookieSettings } from "./cookies";

test("S-SESS-1 on https a cookie is Secure and bound to this host by its prefix", () => {
  expect(cookieSettings("session", true)).toEqual({
    name: "__Host-foyer-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: true },
  });
});

test("S-SESS-1 on http a cookie has no prefix, but is still HttpOnly and SameSite=Lax", () => {
  expect(cookieSettings("session", false)).toEqual({
    name: "foyer-session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure: false },
  });
});
