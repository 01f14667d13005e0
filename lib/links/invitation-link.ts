import type { Key } from "@/lib/config/env-fields";
import { deriveSecret, readSecret } from "@/lib/crypto/codes";

/** The invitation's code, 20 characters; the database keeps only its digest. */
export function codeOf(key: Key, invitationId: string): string {
  return deriveSecret(key, "invitation", invitationId);
}

/** What only the mailed link carries: whoever shows it has opened the mailbox (REQ-D9). */
export function proofOf(key: Key, invitationId: string): string {
  return deriveSecret(key, "mailbox-proof", invitationId);
}

/** As it is shown and read aloud: 7KQF9-M2XTR-V4B8C-N3HJW. */
export function printCode(code: string): string {
  return code.match(/.{5}/g)?.join("-") ?? code;
}

/** A typed or pasted code, or a whole pasted link; null when it cannot be one (REQ-D5). */
export function readCode(typed: string): string | null {
  const inLink = typed.match(/\/join\/([^/?#\s]+)/);
  return readSecret(inLink?.[1] ?? typed);
}

/** The link that is copied: it admits, and proves no mailbox. `origin` is the configured one, never a request's. */
export function copiedLink(origin: string, code: string): string {
  return `${origin}/join/${printCode(code)}`;
}

/** The link that is mailed: the same, with the proof of the mailbox. */
export function mailedLink(origin: string, code: string, proof: string): string {
  return `${copiedLink(origin, code)}?proof=${proof}`;
}
