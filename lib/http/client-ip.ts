import type { IncomingMessage } from "node:http";
import { isIP, isIPv4 } from "node:net";
import ipaddr from "ipaddr.js";
import proxyAddr from "proxy-addr";

/** Returns true if X-Forwarded-For is trusted when it comes from this address. */
export type ProxyTrust = (address: string) => boolean;

/** Parses entries such as "10.0.0.0/8" and "127.0.0.1" into the test for trusted proxies. */
export function parseTrustedProxies(entries: readonly string[]): ProxyTrust {
  const isTrusted = proxyAddr.compile([...entries]);
  return (address) => {
    const ip = normalizeIp(address);
    return ip !== undefined && isTrusted(ip, 0);
  };
}

/**
 * Returns the client's address: the socket's, or the one that a trusted proxy reports. Each proxy appends the
 * address it saw, so the header is read from the right, only as far as trusted proxies wrote it; the rest
 * comes from the client and can be forged. Where a proxy reports no IP address, its own address counts.
 */
export function resolveClientIp(
  request: Pick<IncomingMessage, "socket" | "headers">,
  isTrusted: ProxyTrust,
): string {
  const addresses = proxyAddr.all(request as IncomingMessage, isTrusted);
  return addresses.flatMap((address) => normalizeIp(address ?? "") ?? []).at(-1) ?? "0.0.0.0";
}

/**
 * Returns the rate-limit key of an address: the IPv4 address, or the /64 of an IPv6 address (one subscriber,
 * one key).
 */
export function rateLimitKey(ip: string): string {
  const address = normalizeIp(ip);
  if (address === undefined || isIPv4(address)) return address ?? "unknown";
  const network = ipaddr.IPv6.parse(address).parts.slice(0, 4);
  return `${network.map((part) => part.toString(16)).join(":")}::/64`;
}

/**
 * Returns the canonical form: no port, brackets or zone, lower case, IPv4-mapped IPv6 as IPv4; undefined if
 * invalid.
 */
function normalizeIp(text: string): string | undefined {
  const address = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  return isIP(address) ? ipaddr.process(address).toString() : undefined;
}
