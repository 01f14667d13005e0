import { expect, test } from "vitest";
import { contentSecurityPolicy, isAsset, responseHeaders } from "./headers";

const page = { nonce: "bm9uY2U=", https: true, path: "/o/northwind/admin/users" };

test("scripts run only with the nonce of their response", () => {
  const policy = contentSecurityPolicy(page);
  expect(policy).toContain("script-src 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(policy).not.toContain("unsafe");
});

test("no page can be framed, rebased or made to post elsewhere", () => {
  const policy = contentSecurityPolicy(page);
  for (const part of [
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
    "form-action 'self'",
  ]) {
    expect(policy.split("; ")).toContain(part);
  }
});

test("a sign-in form may lead to a configured provider", () => {
  expect(contentSecurityPolicy({ ...page, issuers: ["https://id.example.com"] })).toContain(
    "form-action 'self' https://id.example.com;",
  );
});

test("a letter in its frame can do nothing, and only our own page may frame it", () => {
  expect(contentSecurityPolicy({ ...page, path: "/mailbox/0197/html" })).toBe(
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  );
  expect(contentSecurityPolicy({ ...page, path: "/mailbox/0197/other" })).toContain("script-src 'nonce-");
  expect(contentSecurityPolicy({ ...page, path: "/join/mailbox/0197/html" })).toContain("script-src 'nonce-");
});

test("every response says what a browser must not guess, frame or keep", () => {
  expect(responseHeaders(page)).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": expect.stringMatching(/^max-age=\d{8}/),
    "cache-control": "no-store",
  });
  expect(responseHeaders(page)["permissions-policy"]).toContain("camera=()");
});

test("plain http promises no https", () => {
  expect(responseHeaders({ ...page, https: false })).not.toHaveProperty("strict-transport-security");
});

test("only what is the same for everybody may be kept by a cache", () => {
  const kept = ["/_next/static/chunks/a.js", "/icon.svg", "/robots.txt"];
  const private_ = [
    "/",
    "/join/7KQF9",
    "/o/northwind/icon.svg",
    "/mailbox/1.png/html",
    "/_next/image",
    "/api/health",
  ];
  expect(kept.filter(isAsset)).toEqual(kept);
  expect(private_.filter(isAsset)).toEqual([]);
});
