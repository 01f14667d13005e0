import { env } from "@/lib/config/env";
import { deriveSecret } from "@/lib/crypto/codes";
import { findKey, keyOf } from "@/lib/crypto/key-ring";
import { type LinkPurpose, accountLink as linkOf } from "@/lib/links/account-link";
import { codeOf, mailedLink, printCode, proofOf } from "@/lib/links/invitation-link";
import { requestLink, requestSecret } from "@/lib/links/request-link";

// Private characters, which templates take out of everybody's names: nothing but a template can write a place.
export const LINK_PLACE = "\uE000link\uE001";
export const CODE_PLACE = "\uE000code\uE001";

/** Which row a letter's secrets are derived from. */
export type SecretSource = {
  invitation?: { id: string; keyId: number };
  accountLink?: { id: string; keyId: number; purpose: LinkPurpose };
  request?: { id: string; keyId: number };
};

/** The rows a letter was stored beside, as its source. */
export function sourceOf(
  invitation: { id: string; keyId: number } | null,
  accountLink: { id: string; keyId: number; purpose: string } | null,
  request: { id: string; keyId: number } | null,
): SecretSource {
  return {
    invitation: invitation ?? undefined,
    accountLink: accountLink ? { ...accountLink, purpose: accountLink.purpose as LinkPurpose } : undefined,
    request: request ?? undefined,
  };
}

/**
 * Puts the secrets into a letter's places. A stored letter has only the places; what they stand for is derived here,
 * for one call or one look, and rests nowhere (security: letters).
 */
export function withSecrets(text: string, source: SecretSource): string {
  const { link, code } = secretsOf(source);
  return text.replaceAll(LINK_PLACE, link).replaceAll(CODE_PLACE, code);
}

/** As `withSecrets`, for looking at letters of long ago: what a key made that has left the ring cannot be derived again. */
export function withSecretsIfKnown(text: string, source: SecretSource): string {
  const keyId = source.invitation?.keyId ?? source.accountLink?.keyId ?? source.request?.keyId;
  if (keyId === undefined || findKey(keyId)) return withSecrets(text, source);
  return text.replaceAll(LINK_PLACE, "(its key is gone)").replaceAll(CODE_PLACE, "(its key is gone)");
}

function secretsOf({ invitation, accountLink, request }: SecretSource): { link: string; code: string } {
  const { origin } = env();
  if (invitation) {
    const key = keyOf(invitation.keyId);
    const code = codeOf(key, invitation.id);
    return { link: mailedLink(origin, code, proofOf(key, invitation.id)), code: printCode(code) };
  }
  if (accountLink) {
    const secret = deriveSecret(keyOf(accountLink.keyId), "account-link", accountLink.id);
    return { link: linkOf(origin, accountLink.purpose, secret), code: "" };
  }
  if (request)
    return { link: requestLink(origin, requestSecret(keyOf(request.keyId), request.id)), code: "" };
  return { link: "", code: "" };
}
