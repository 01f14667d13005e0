import type { RingKey } from "@/lib/config/env-fields";
import { deriveSecret, parseCode } from "@/lib/crypto/codes";

/** Returns the code of an invitation, 20 characters. The database stores only its digest. */
export function deriveInvitationCode(key: RingKey, invitationId: string): string {
  return deriveSecret(key, "invitation", invitationId);
}

/** Returns the proof that only the emailed link contains; it shows that its user has access to the mailbox (REQ-D9). */
export function deriveMailboxProof(key: RingKey, invitationId: string): string {
  return deriveSecret(key, "mailbox-proof", invitationId);
}

/** Formats a code for people: 7KQF9-M2XTR-V4B8C-N3HJW. */
export function formatCode(code: string): string {
  return code.match(/.{5}/g)?.join("-") ?? code;
}

/** Parses a typed or pasted code, or a pasted link. Returns null if it is neither (REQ-D5). */
export function parseInvitationCode(typed: string): string | null {
  const inLink = typed.match(/\/join\/([^/?#\s]+)/);
  return parseCode(inLink?.[1] ?? typed);
}

/**
 * Returns the link that admins copy; it does not prove a mailbox. `origin` is the configured one, never that of a request
 * (S-LINK-1).
 */
export function buildInvitationLink(origin: string, code: string): string {
  return `${origin}/join/${formatCode(code)}`;
}

/** Returns the link in emails, with the proof of the mailbox. */
export function buildEmailedInvitationLink(origin: string, code: string, proof: string): string {
  return `${buildInvitationLink(origin, code)}?proof=${proof}`;
}
