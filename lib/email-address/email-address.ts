/** Why a text is not an address; worded in messages.ts. */
export type BadAddress = "no-address" | "invisible" | "two-ats" | "too-long" | "local-part" | "domain";

/** One thing somebody typed, and what it says. `text` is as typed, so that it can be shown and mended. */
export type Parsed = { text: string; address: string } | { text: string; reason: BadAddress };

// Letters nobody sees: controls, soft hyphen, zero-width and direction marks, variation selectors, tags, fillers.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const ASCII = /^[!-~]+$/;
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]{0,62}[a-z])[a-z0-9-]{2,63}$/;

/**
 * One canonical form of one address (security, Input): trimmed, lower-case, the domain by UTS-46. What is stored is
 * what is mailed. Also reads `Ann Lee <ann@x.io>`; the name is left behind.
 */
export function parseAddress(typed: string): Parsed {
  const text = typed.trim();
  if (INVISIBLE.test(text)) return { text, reason: "invisible" };
  const inner = text.match(/<([^<>]*)>$/)?.[1]?.trim() ?? text;
  const at = inner.indexOf("@");
  if (at < 1 || at === inner.length - 1) return { text, reason: "no-address" };
  if (inner.includes("@", at + 1)) return { text, reason: "two-ats" };
  const written = inner.slice(0, at);
  // A look-alike or unprintable letter before the @ is never taken for another; in lower case one of them would be:
  // the sign of Kelvin is a k then.
  if (!ASCII.test(written)) return { text, reason: "local-part" };
  const local = written.toLowerCase();
  if (local.length > 64 || !LOCAL_PART.test(local)) return { text, reason: "local-part" };
  const domain = domainOf(inner.slice(at + 1));
  if (!domain) return { text, reason: "domain" };
  const address = `${local}@${domain}`;
  return address.length > 254 ? { text, reason: "too-long" } : { text, address };
}

/** A domain in the form that addresses have it, `contoso.com` or `@contoso.com`; null: it is none (REQ-G1). */
export function parseDomain(typed: string): string | null {
  const text = typed.trim().replace(/^@/, "");
  return INVISIBLE.test(text) ? null : domainOf(text);
}

/** The domain in ASCII as browsers and Node compute it (UTS-46), or null. */
function domainOf(typed: string): string | null {
  if (/[/?#:@%\\[\]\s]/.test(typed)) return null;
  const url = `http://${typed}`;
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return DOMAIN.test(host) ? host : null;
}

/**
 * Splits what was typed or pasted into its addresses: separated by comma, semicolon, space or newline, also
 * `"Lee, Ann" <ann@x.io>` (REQ-B2). Each address once, the first writing wins; what is no address stays with its reason.
 */
export function parseAddresses(typed: string): Parsed[] {
  const seen = new Set<string>();
  return splitAddresses(typed)
    .map(parseAddress)
    .filter((parsed) => {
      const same = "address" in parsed ? parsed.address : parsed.text;
      return !seen.has(same) && seen.add(same);
    });
}

/** The single pieces, untouched: a name before `<…>` stays with its address, separators inside quotes do not separate. */
function splitAddresses(typed: string): string[] {
  const named = /(?:"[^"\n]*"|[^"<>,;\n])*<[^<>\n]*>/g;
  const pieces: string[] = [];
  let rest = 0;
  for (const match of typed.matchAll(named)) {
    pieces.push(...words(typed.slice(rest, match.index)));
    pieces.push(...splitNamed(match[0]));
    rest = match.index + match[0].length;
  }
  pieces.push(...words(typed.slice(rest)));
  return pieces;
}

/** `a@x.io Ann Lee <ann@x.io>`: whole addresses before a name are pieces of their own. */
function splitNamed(text: string): string[] {
  const before = text.match(/^(\s*[^\s"<>]+@[^\s"<>]+\s+)+/)?.[0] ?? "";
  return [...words(before), text.slice(before.length).trim()];
}

function words(text: string): string[] {
  return text.split(/[\s,;]+/).filter((word) => word !== "");
}

/** The part after the @, for the organization's allowed and refused domains (REQ-G1). */
export function isDomainAllowed(
  address: string,
  rules: { allowedDomains: readonly string[]; refusedDomains: readonly string[] },
): boolean {
  const domain = address.slice(address.indexOf("@") + 1);
  if (rules.refusedDomains.includes(domain)) return false;
  return rules.allowedDomains.length === 0 || rules.allowedDomains.includes(domain);
}

/** Demo addresses, which no transport ever mails (REQ-H3). */
export function isNeverMailed(address: string): boolean {
  return /[@.]example$/.test(address);
}
