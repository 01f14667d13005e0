import { expect, test } from "vitest";
import { isFromOwnSite, ownHost } from "./origin";

const site = { origin: "https://people.example.com", configured: true };
const unconfigured = { origin: "http://localhost:3000", configured: false };
const post = (origin: string | undefined, path = "/join/7KQF9", method = "POST") => ({
  method,
  path,
  origin,
});

test("reading needs no origin", () => {
  for (const method of ["GET", "HEAD", "OPTIONS"]) {
    expect(isFromOwnSite(post("https://evil.example", "/", method), site)).toBe(true);
  }
});

test("a post of our own page is taken", () => {
  expect(isFromOwnSite(post("https://people.example.com"), site)).toBe(true);
});

test("a post from elsewhere, from nowhere or from a sandbox is refused", () => {
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
  for (const origin of foreign) expect(isFromOwnSite(post(origin), site), String(origin)).toBe(false);
});

test("other methods that change things are held to the same", () => {
  for (const method of ["PUT", "PATCH", "DELETE", "post", "PURGE"]) {
    expect(isFromOwnSite(post(undefined, "/", method), site), method).toBe(false);
  }
});

test("the provider's signed webhook comes from no page; its neighbours must", () => {
  expect(isFromOwnSite(post(undefined, "/api/resend"), site)).toBe(true);
  expect(isFromOwnSite(post(undefined, "/api/resend/x"), site)).toBe(false);
  expect(isFromOwnSite(post(undefined, "/api/auth/callback"), site)).toBe(false);
});

test("without configuration every name of this machine is ours, on our port only", () => {
  for (const host of ["localhost:3000", "127.0.0.1:3000", "[::1]:3000"]) {
    expect(isFromOwnSite(post(`http://${host}`), unconfigured)).toBe(true);
  }
  expect(isFromOwnSite(post("http://localhost:3001"), unconfigured)).toBe(false);
  expect(
    isFromOwnSite(post("http://127.0.0.1:3000"), { origin: "http://localhost:3000", configured: true }),
  ).toBe(false);
});

test("a claimed host never becomes ours", () => {
  expect(ownHost("evil.example", site)).toBe("people.example.com");
  expect(ownHost("evil.example", unconfigured)).toBe("localhost:3000");
  expect(ownHost("127.0.0.1:3000", unconfigured)).toBe("127.0.0.1:3000");
  expect(ownHost(undefined, unconfigured)).toBe("localhost:3000");
});
