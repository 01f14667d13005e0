import type { RingKey } from "@/lib/config/env-fields";
import { deriveSecret } from "@/lib/crypto/codes";
import { formatCode } from "@/lib/links/invitation-link";

/** Returns the secret of the link that confirms a request. */
export function deriveRequestSecret(key: RingKey, id: string): string {
  return deriveSecret(key, "request", id);
}

/** Returns the link that confirms a request. `origin` is the configured one, never that of an HTTP request (S-LINK-1). */
export function buildRequestLink(origin: string, secret: string): string {
  return `${origin}/request/${formatCode(secret)}`;
}

/** How long a request can be confirmed (REQ-E2). */
export const REQUEST_CONFIRMATION_HOURS = 48;
