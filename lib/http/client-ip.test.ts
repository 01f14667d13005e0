import { expect, test } from "vitest";
import { clientIp, limitKey, trustedProxies } from "./client-ip";

const nobody = trustedProxies([]);
const proxies = trustedProxies(["127.0.0.1", "10.0.0.0/8", "fd00::/8"]);

test("without a trusted proxy the header is only a claim", () => {
  expect(clientIp("203.0.113.9", "198.51.100.1", nobody)).toBe("203.0.113.9");
  expect(clientIp("203.0.113.9", "198.51.100.1", proxies)).toBe("203.0.113.9");
});

test("a trusted proxy says who its client is", () => {
  expect(clientIp("127.0.0.1", "198.51.100.1", proxies)).toBe("198.51.100.1");
  expect(clientIp("::ffff:127.0.0.1", "198.51.100.1", proxies)).toBe("198.51.100.1");
  expect(clientIp("fd12::1", "2001:DB8::1", proxies)).toBe("2001:db8::1");
});

test("what a client writes in front of the proxy's word is not believed", () => {
  expect(clientIp("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.2.3.4", proxies)).toBe("198.51.100.1");
});

test("a chain of trusted proxies alone ends at the farthest of them", () => {
  expect(clientIp("127.0.0.1", "10.0.0.2, 10.0.0.3", proxies)).toBe("10.0.0.2");
});

test("garbage from a proxy leaves the proxy's own address", () => {
  expect(clientIp("127.0.0.1", "unknown", proxies)).toBe("127.0.0.1");
  expect(clientIp("127.0.0.1", "", proxies)).toBe("127.0.0.1");
  expect(clientIp("127.0.0.1", undefined, proxies)).toBe("127.0.0.1");
  expect(clientIp("127.0.0.1", "9.9.9.9, <script>, 10.0.0.1", proxies)).toBe("10.0.0.1");
});

test("a port, brackets or a zone do not make another client", () => {
  expect(clientIp("127.0.0.1", "198.51.100.1:4711", proxies)).toBe("198.51.100.1");
  expect(clientIp("127.0.0.1", "[2001:db8::1]:4711", proxies)).toBe("2001:db8::1");
  expect(clientIp("fe80::1%eth0", undefined, proxies)).toBe("fe80::1");
});

test("a connection that is already gone has some address still", () => {
  expect(clientIp(undefined, undefined, proxies)).toBe("0.0.0.0");
});

test("IPv6 counts by /64, IPv4 by address", () => {
  expect(limitKey("203.0.113.9")).toBe("203.0.113.9");
  expect(limitKey("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(limitKey("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(limitKey("2001:db8::1")).toBe("2001:db8:0:0::/64");
  expect(limitKey("::1")).toBe("0:0:0:0::/64");
  expect(limitKey("::ffff:203.0.113.9")).toBe("203.0.113.9");
});
