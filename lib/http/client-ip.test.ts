import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { type ProxyTrust, parseTrustedProxies, rateLimitKey, resolveClientIp } from "./client-ip";

const noProxies = parseTrustedProxies([]);
const proxies = parseTrustedProxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);

function clientIp(
  remoteAddress: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: ProxyTrust,
) {
  const socket = { remoteAddress } as Socket;
  return resolveClientIp({ socket, headers: { "x-forwarded-for": forwardedFor } }, isTrusted);
}

test("without a trusted proxy the header is ignored", () => {
  expect(clientIp("203.0.113.9", "198.51.100.1", noProxies)).toBe("203.0.113.9");
  expect(clientIp("203.0.113.9", "198.51.100.1", proxies)).toBe("203.0.113.9");
});

test("a trusted proxy's address of its client is used", () => {
  expect(clientIp("127.0.0.1", "198.51.100.1", proxies)).toBe("198.51.100.1");
  expect(clientIp("::ffff:127.0.0.1", "198.51.100.1", proxies)).toBe("198.51.100.1");
  expect(clientIp("fd12::1", "2001:DB8::1", proxies)).toBe("2001:db8::1");
});

test("addresses that the client puts before the proxy's are ignored", () => {
  expect(clientIp("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.2.3.4", proxies)).toBe("198.51.100.1");
});

test("a chain of only trusted proxies ends at the farthest one", () => {
  expect(clientIp("127.0.0.1", "10.0.0.2, 10.0.0.3", proxies)).toBe("10.0.0.2");
});

test("an invalid header from a proxy gives the proxy's own address", () => {
  expect(clientIp("127.0.0.1", "unknown", proxies)).toBe("127.0.0.1");
  expect(clientIp("127.0.0.1", "", proxies)).toBe("127.0.0.1");
  expect(clientIp("127.0.0.1", undefined, proxies)).toBe("127.0.0.1");
  expect(clientIp("127.0.0.1", "9.9.9.9, <script>, 10.0.0.1", proxies)).toBe("10.0.0.1");
});

test("a chain of trusted proxies that add their ports ends at the client", () => {
  expect(clientIp("127.0.0.1", "198.51.100.1, 10.0.0.2:8443", proxies)).toBe("198.51.100.1");
});

test("a port, brackets or a zone are not part of the address", () => {
  expect(clientIp("127.0.0.1", "198.51.100.1:4711", proxies)).toBe("198.51.100.1");
  expect(clientIp("127.0.0.1", "[2001:db8::1]:4711", proxies)).toBe("2001:db8::1");
  expect(clientIp("fe80::1%eth0", undefined, proxies)).toBe("fe80::1");
});

test("a closed connection has a placeholder address", () => {
  expect(clientIp(undefined, undefined, proxies)).toBe("0.0.0.0");
});

test("IPv6 counts by /64, IPv4 by address", () => {
  expect(rateLimitKey("203.0.113.9")).toBe("203.0.113.9");
  expect(rateLimitKey("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(rateLimitKey("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(rateLimitKey("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(rateLimitKey("::1")).toBe("0:0:0:0::/64");
  expect(rateLimitKey("::ffff:203.0.113.9")).toBe("203.0.113.9");
});
