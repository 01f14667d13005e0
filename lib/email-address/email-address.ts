/** Reasons that a text is not a valid address; lib/invitations/messages.ts has the texts. */
export type InvalidAddressReason =
  | "no-address"
  | "invisible"
  | "two-ats"
  | "too-long"
  | "local-part"
  | "domain";

/** The result of parsing one entered text; `text` is as entered, so that it can be shown and corrected. */
export type ParsedAddress =
  | { text: string; address: string }
  | { text: string; reason: InvalidAddressReason };

// Control characters, soft hyphens, zero-width and direction marks, variation selectors, tags, fillers.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
const ASCII = /^[!-~]+$/;
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z0-9-]{0,62}[a-z])[a-z0-9-]{2,63}$/;

/**
 * Parses one address to its canonical form: trimmed, in lower case, the domain mapped by UTS-46 (S-LINK-8).
 * The stored form is the one that emails are sent to. Accepts `Ann Lee <ann@x.io>` and drops the name.
 */
export function parseAddress(input: string): ParsedAddress {
  const text = input.trim();
  if (INVISIBLE.test(text)) return { text, reason: "invisible" };
  const unwrapped = text.match(/<([^<>]*)>$/)?.[1]?.trim() ?? text;
  const at = unwrapped.indexOf("@");
  if (at < 1 || at === unwrapped.length - 1) return { text, reason: "no-address" };
  if (unwrapped.includes("@", at + 1)) return { text, reason: "two-ats" };
  const rawLocal = unwrapped.slice(0, at);
  // Checked before lowercasing, so that a lookalike never becomes a different character: the Kelvin sign
  // lowercases to k.
  if (!ASCII.test(rawLocal)) return { text, reason: "local-part" };
  const local = rawLocal.toLowerCase();
  if (local.length > 64 || !LOCAL_PART.test(local)) return { text, reason: "local-part" };
  const domain = domainOf(unwrapped.slice(at + 1));
  if (!domain) return { text, reason: "domain" };
  const address = `${local}@${domain}`;
  return address.length > 254 ? { text, reason: "too-long" } : { text, address };
}

/**
 * Parses `contoso.com` or `@contoso.com` to the form that addresses have; null if it is not a domain
 * (REQ-G1).
 */
export function parseDomain(input: string): string | null {
  const text = input.trim().replace(/^@/, "");
  return INVISIBLE.test(text) ? null : domainOf(text);
}

/** Returns the domain in ASCII (UTS-46), or null if it is invalid. */
function domainOf(input: string): string | null {
  if (/[/?#:@%\\[\]\s]/.test(input)) return null;
  const url = `http://${input}`;
  const host = URL.canParse(url) ? new URL(url).hostname : "";
  return DOMAIN.test(host) ? host : null;
}

/** Returns true if the organization's settings allow inviting addresses of this domain (REQ-G1). */
export function isDomainAllowed(
  address: string,
  rules: { allowedDomains: readonly string[]; refusedDomains: readonly string[] },
): boolean {
  const domain = address.slice(address.indexOf("@") + 1);
  if (rules.refusedDomains.includes(domain)) return false;
  return rules.allowedDomains.length === 0 || rules.allowedDomains.includes(domain);
}

/** Returns true for addresses of the demo, to which no transport sends email (REQ-H3). */
export function isDemoAddress(address: string): boolean {
  return /[@.]example$/.test(address);
}
