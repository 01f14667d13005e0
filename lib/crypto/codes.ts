import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { Key } from "@/lib/config/env-fields";

/** What a secret is for. The same row gives another secret for each. */
export type Purpose = "invitation" | "mailbox-proof" | "account-link" | "request";

// Crockford's base 32: no I, L, O, U, so nothing is mistaken when read aloud or typed.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 100 bits for a purpose and a row, as 20 characters of Crockford's base 32. */
export function deriveSecret(key: Key, purpose: Purpose, id: string): string {
  const bytes = createHmac("sha256", key.secret).update(`${purpose}\n${id}`).digest();
  let text = "";
  for (let bits = bytesToBits(bytes), i = 0; i < 20; i++, bits >>= 5n) text += ALPHABET[Number(bits & 31n)];
  return text;
}

function bytesToBits(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.subarray(0, 16).toString("hex")}`);
}

/** What may rest in a row: SHA-256 of a secret. 100 random bits need no slow hash. */
export function digestOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Compares two texts without telling by time where they differ. */
export function sameSecret(a: string, b: string): boolean {
  const [x, y] = [digestOf(a), digestOf(b)];
  return timingSafeEqual(x, y);
}

/** What somebody typed or pasted, as it was derived: forgiving about case, spaces, dashes and 0/O, 1/I/L. Null: not 20 characters of the alphabet (REQ-D5). */
export function readSecret(typed: string): string | null {
  const text = typed
    .toUpperCase()
    .replace(/[\s\-‐-―_]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{20}$/.test(text) ? text : null;
}
