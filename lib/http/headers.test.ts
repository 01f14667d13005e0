import { expect, test } from "vitest";
import { contentSecurityPolicy, isStaticAsset, responseHeaders } from "./headers";

const page = { nonce: "bm9uY2U=", https: true, path: "/o/northwind/admin/users" };

test("scripts run only with the nonce of their response", () => {
  const policy = contentSecurityPolicy(page);
  expect(policy).toContain("script-src 'nonce-bm9uY2U=' 'strict-dynamic'");
  expect(policy).not.toContain("unsafe");
});

test("a worker runs only a script of this site", () => {
  expect(contentSecurityPolicy(page).split("; ")).toContain("worker-src 'self'");
});

test("a page cannot be framed, given a different base URL or submit a form to another site", () => {
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

test("a login form can redirect to a configured provider", () => {
  expect(contentSecurityPolicy({ ...page, issuers: ["https://id.example.com"] })).toContain(
    "form-action 'self' https://id.example.com;",
  );
});

test("an email in its frame can do nothing, and only the mailbox page may frame it", () => {
  expect(contentSecurityPolicy({ ...page, path: "/mailbox/0197/html" })).toBe(
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
  );
  expect(contentSecurityPolicy({ ...page, path: "/mailbox/0197/other" })).toContain("script-src 'nonce-");
  expect(contentSecurityPolicy({ ...page, path: "/join/mailbox/0197/html" })).toContain("script-src 'nonce-");
});

test("every response forbids sniffing, cross-origin use and caching", () => {
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

test("plain http has no Strict-Transport-Security", () => {
  expect(responseHeaders({ ...page, https: false })).not.toHaveProperty("strict-transport-security");
});

test("only files that are the same for every user may be cached", () => {
  const shared = ["/_next/static/chunks/a.js", "/icon.svg", "/robots.txt"];
  const perUser = [
    "/",
    "/join/7KQF9",
    "/o/northwind/icon.svg",
    "/mailbox/1.png/html",
    "/_next/image",
    "/api/health",
  ];
  expect(shared.filter(isStaticAsset)).toEqual(shared);
  expect(perUser.filter(isStaticAsset)).toEqual([]);
});
