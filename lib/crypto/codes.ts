import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { RingKey } from "@/lib/config/env-fields";

/** The purpose of a secret. A row has a different secret for each purpose. */
export type SecretPurpose = "invitation" | "mailbox-proof" | "account-link" | "request";

// Crockford's base 32 has no I, L, O and U, which are easily confused when read aloud or typed.
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Derives the secret of a row for a purpose: 100 bits, as 20 characters of Crockford's base 32. */
export function deriveSecret(key: RingKey, purpose: SecretPurpose, id: string): string {
  const bytes = createHmac("sha256", key.secret).update(`${purpose}\n${id}`).digest();
  let text = "";
  for (let bits = bytesToBits(bytes), i = 0; i < 20; i++, bits >>= 5n) text += ALPHABET[Number(bits & 31n)];
  return text;
}

function bytesToBits(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.subarray(0, 16).toString("hex")}`);
}

/**
 * Returns the SHA-256 digest of a secret, which is what a row stores. A secret of 100 random bits needs no
 * slow hash.
 */
export function sha256(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

/** Compares two texts in constant time. */
export function constantTimeEqual(a: string, b: string): boolean {
  const [x, y] = [sha256(a), sha256(b)];
  return timingSafeEqual(x, y);
}

/**
 * Parses a typed or pasted code, ignoring case, spaces and dashes and accepting O for 0 and I or L for 1
 * (REQ-D5). Returns null if it is not 20 characters of the alphabet.
 */
export function parseCode(typed: string): string | null {
  const text = typed
    .toUpperCase()
    .replace(/[\s\-‐-―_]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{20}$/.test(text) ? text : null;
}
