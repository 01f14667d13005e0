import { printCode } from "@/lib/invitations/code";
import { deriveSecret, type Key } from "@/lib/kit/secrets";

/** The secret in the letter that asks to confirm a request. */
export function requestSecret(key: Key, id: string): string {
  return deriveSecret(key, "request", id);
}

/** The link in that letter. `origin` is the configured one, never a request's. */
export function requestLink(origin: string, secret: string): string {
  return `${origin}/request/${printCode(secret)}`;
}
