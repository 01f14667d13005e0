import { BlockList, isIP, isIPv4 } from "node:net";

/** Reads "10.0.0.0/8" and "127.0.0.1" into the set of proxies whose word about the client is taken. */
export function trustedProxies(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIPv4(address) ? "ipv4" : "ipv6";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

/**
 * The client's address: the socket's, or the one a trusted proxy vouches for.
 * Each proxy appends the address it saw, so the header is read from its right end, and only as far as
 * trusted proxies wrote it: what stands further left was sent by the client and may be invented.
 */
export function clientIp(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList,
) {
  let address = plain(socketAddress ?? "") ?? "0.0.0.0";
  const hops = (forwardedFor ?? "").split(",");
  while (hops.length > 0 && isTrusted(address, trusted)) {
    const hop = plain(hops.pop() ?? "");
    if (hop === undefined) break;
    address = hop;
  }
  return address;
}

/** What a limit is counted by: an IPv4 address, or the /64 an IPv6 address lies in (one household, one key). */
export function limitKey(ip: string): string {
  const address = plain(ip);
  if (address === undefined || isIPv4(address)) return address ?? "unknown";
  return `${groups(address).slice(0, 4).join(":")}::/64`;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return trusted.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** One spelling per address: no port, brackets or zone; lower case; IPv4 also when it is mapped into IPv6. */
function plain(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](:\d+)?$/, "$1")
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1")
    .replace(/%.*$/, "");
  if (isIP(bare) !== 6) return isIP(bare) === 4 ? bare : undefined;
  const address = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(address);
  if (!mapped) return address;
  const [high, low] = [Number.parseInt(mapped[1] ?? "", 16), Number.parseInt(mapped[2] ?? "", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}

/** The eight groups of an IPv6 address, none left out. */
function groups(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  return [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right];
}
