import { expect, test } from "vitest";
import { isSameOrigin, resolveHost } from "./origin";

const site = { origin: "https://people.example.com", configured: true };
const unconfigured = { origin: "http://localhost:3000", configured: false };
const post = (origin: string | undefined, path = "/join/7KQF9", method = "POST") => ({
  method,
  path,
  origin,
});

test("reading needs no origin", () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    expect(isSameOrigin(post("https://evil.example", "/", method), site)).toBe(true);
  }
});

test("a POST from the site's own page is accepted", () => {
  expect(isSameOrigin(post("https://people.example.com"), site)).toBe(true);
});

test("a POST from another origin, without an origin or from a sandbox is refused", () => {
  const foreign = [
    undefined,
    "",
    "null",
    "https://evil.example",
    "http://people.example.com",
    "https://people.example.com.evil.example",
    "https://people.example.com:444",
    "https://people.example.com/",
    "https://people.example.com, https://evil.example",
  ];
  for (const origin of foreign) expect(isSameOrigin(post(origin), site), String(origin)).toBe(false);
});

test("the same applies to every other unsafe method", () => {
  for (const method of ["PUT", "PATCH", "DELETE", "post", "PURGE"]) {
    expect(isSameOrigin(post(undefined, "/", method), site), method).toBe(false);
  }
});

test("the signed webhook needs no origin; similar paths do", () => {
  expect(isSameOrigin(post(undefined, "/api/resend"), site)).toBe(true);
  expect(isSameOrigin(post(undefined, "/api/resend/x"), site)).toBe(false);
  expect(isSameOrigin(post(undefined, "/api/auth/callback"), site)).toBe(false);
});

test("without configuration every local name is accepted, on the server's port only", () => {
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) {
    expect(isSameOrigin(post(`http://${host}`), unconfigured)).toBe(true);
  }
  expect(isSameOrigin(post("http://localhost:3001"), unconfigured)).toBe(false);
  expect(
    isSameOrigin(post("http://127.0.0.1:3000"), { origin: "http://localhost:3000", configured: true }),
  ).toBe(false);
});

test("a Host header that is not the site's own is never passed on", () => {
  expect(resolveHost("evil.example", site)).toBe("people.example.com");
  expect(resolveHost("evil.example", unconfigured)).toBe("localhost:3000");
  expect(resolveHost("127.0.0.1:3000", unconfigured)).toBe("127.0.0.1:3000");
  expect(resolveHost(undefined, unconfigured)).toBe("localhost:3000");
});
