import type { Key } from "@/lib/config/env-fields";
import { deriveSecret } from "@/lib/crypto/codes";
import { printCode } from "@/lib/links/invitation-link";

/** The secret in the letter that asks to confirm a request. */
export function requestSecret(key: Key, id: string): string {
  return deriveSecret(key, "request", id);
}

/** The link in that letter. `origin` is the configured one, never a request's. */
export function requestLink(origin: string, secret: string): string {
  return `${origin}/request/${printCode(secret)}`;
}

/** An address that nobody confirms within this time asks for nothing any more (REQ-E2). */
export const LAPSE_HOURS = 48;
