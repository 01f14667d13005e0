import { isIP } from "node:net";
import { z } from "zod";

/**
 * The schema of each variable. A message completes a sentence that starts with the variable's name, says what
 * is expected and never repeats a secret.
 */

/** All keys that existing codes may need; the first one derives new codes. */
export type KeyRing = readonly [RingKey, ...RingKey[]];

export const portNumber = z
  .string()
  .transform(Number)
  .refine(
    (value) => Number.isInteger(value) && value >= 1 && value <= 65_535,
    "must be a number from 1 to 65535, such as 3000",
  );

export const databaseUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^postgres(ql)?:\/\/[^/]+\/[^/?]+/.test(value),
    "must look like postgresql://user:password@host:5432/database",
  );

export const origin = z.string().transform((value, context) => {
  const problem = findOriginProblem(value);
  if (problem) {
    context.addIssue(problem);
    return z.NEVER;
  }
  return new URL(value).origin;
});

function findOriginProblem(value: string): string | undefined {
  if (!URL.canParse(value)) return "must be the public URL, such as https://join.example.com";
  const url = new URL(value);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return "must start with https:// (http:// only for localhost)";
  if (url.username || url.password) return "must not contain a user name or password";
  if (url.pathname !== "/" || url.search || url.hash)
    return `must not have a path or query; use ${url.origin}`;
}

export const httpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol),
    "must be an http:// or https:// URL",
  );

const ADDRESS = /^[^\s<>"@,;]+@[^\s<>"@,;]+\.[^\s<>"@,;]+$/;

export const sender = z.string().refine((value) => {
  const isNamed = /^[^<>\r\n]+<[^<>]+>$/.test(value);
  return ADDRESS.test(isNamed ? parseSenderAddress(value) : value);
}, 'must be a sender, such as "Northwind <invitations@northwind.com>"');

/** An email address or a URL, returned as a URI. */
export const contactUri = z.string().transform((value, context) => {
  if (ADDRESS.test(value)) return `mailto:${value}`;
  if (URL.canParse(value) && /^(https|mailto):$/.test(new URL(value).protocol)) return value;
  context.addIssue("must be an email address or an https:// URL");
  return z.NEVER;
});

/** Returns the address of a sender such as "Northwind <invitations@northwind.com>". */
export function parseSenderAddress(sender: string): string {
  return /<([^<>]+)>$/.exec(sender)?.[1] ?? sender;
}

export const resendKey = z.string().regex(/^re_\S+$/, "must be a Resend API key (starts with re_)");

export const webhookSecret = z.string().regex(
  // The part after the prefix is base64; the verifier decodes it.
  /^whsec_(?=.)(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  "must be the signing secret of the Resend webhook (starts with whsec_)",
);

export const smtpUrl = z
  .string()
  .refine(
    (value) => URL.canParse(value) && /^smtps?:\/\/[^/]+/.test(value),
    "must look like smtps://user:password@mail.example.com:465",
  );

export const secret = z
  .string()
  .min(32, "must have at least 32 characters; create one with `openssl rand -base64 32`");

export const keyRing = z.string().transform((value, context): KeyRing => {
  const keys = value.split(",").map((entry) => parseKey(entry.trim()));
  const [first, ...rest] = keys.flatMap((key) => key ?? []);
  const ids = new Set(keys.map((key) => key?.id));
  if (!first || rest.length + 1 < keys.length)
    context.addIssue(
      "must be a comma-separated list of id:base64 keys, newest first, each with an id from 1 to 32767 and at least 32 bytes (`openssl rand -base64 32`)",
    );
  else if (ids.size < keys.length)
    context.addIssue("uses an id twice; put the new key first, with the next unused id");
  else return [first, ...rest];
  return z.NEVER;
});

function parseKey(entry: string): RingKey | undefined {
  const [, id, text] = /^(\d{1,5}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
  if (!id || !text) return undefined;
  const secret = Buffer.from(text, "base64");
  const isSmallint = Number(id) >= 1 && Number(id) <= 32_767;
  return isSmallint && secret.length >= 32 ? { id: Number(id), secret } : undefined;
}

export const proxyNetworks = z
  .string()
  .transform((value) =>
    value
      .split(",")
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine(
    (entries) => entries.every(isNetwork),
    "must be a comma-separated list of addresses or networks, such as 10.0.0.0/8,::1",
  );

function isNetwork(entry: string): boolean {
  const [address = "", prefix, ...more] = entry.split("/");
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  if (prefix === undefined) return true;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128);
}

export const logLevel = z.enum(
  ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
  "must be fatal, error, warn, info, debug, trace or silent",
);

/** Returns true for plain http to another machine, where passwords could be read in transit. */
export function isInsecureHttp(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname } = new URL(origin);
  const isLoopback =
    hostname === "localhost" || hostname.endsWith(".localhost") || /^(127\.|\[::1\])/.test(hostname);
  return protocol === "http:" && !isLoopback;
}

/**
 * A key of the ring. Secrets in links are derived, never stored: HMAC-SHA256(key, purpose ‖ id). Rows have
 * only the id of the key and a digest, so a database dump contains no usable links, and a link can be copied
 * at any time (REQ-C5).
 */
export type RingKey = { id: number; secret: Buffer };
