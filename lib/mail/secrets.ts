import { env } from "@/lib/config/env";
import { deriveSecret } from "@/lib/crypto/codes";
import { findKey, requireKey } from "@/lib/crypto/key-ring";
import { buildAccountLink, type LinkPurpose } from "@/lib/links/account-link";
import {
  buildEmailedInvitationLink,
  deriveInvitationCode,
  deriveMailboxProof,
  formatCode,
} from "@/lib/links/invitation-link";
import { buildRequestLink, deriveRequestSecret } from "@/lib/links/request-link";

// Templates remove private-use characters from all user input, so only a template can contain a placeholder.
export const LINK_PLACEHOLDER = "\uE000link\uE001";
export const CODE_PLACEHOLDER = "\uE000code\uE001";

/** The row that the secrets of an email are derived from. */
export type SecretSource = {
  invitation?: { id: string; keyId: number };
  accountLink?: { id: string; keyId: number; purpose: LinkPurpose };
  request?: { id: string; keyId: number };
};

/** Returns the source for the rows that an email refers to. */
export function toSecretSource(
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
 * Replaces the placeholders of an email with its secrets. A stored email has only placeholders; secrets are derived
 * when it is sent or shown, and never stored (S-MAIL-4).
 */
export function insertSecrets(text: string, source: SecretSource): string {
  const { link, code } = deriveSecrets(source);
  return text.replaceAll(LINK_PLACEHOLDER, link).replaceAll(CODE_PLACEHOLDER, code);
}

/** Same as `insertSecrets`, for showing old emails: secrets of a key that has left the key ring cannot be derived. */
export function insertAvailableSecrets(text: string, source: SecretSource): string {
  const keyId = source.invitation?.keyId ?? source.accountLink?.keyId ?? source.request?.keyId;
  if (keyId === undefined || findKey(keyId)) return insertSecrets(text, source);
  return text
    .replaceAll(LINK_PLACEHOLDER, "(key no longer available)")
    .replaceAll(CODE_PLACEHOLDER, "(key no longer available)");
}

function deriveSecrets({ invitation, accountLink, request }: SecretSource): { link: string; code: string } {
  const { origin } = env();
  if (invitation) {
    const key = requireKey(invitation.keyId);
    const code = deriveInvitationCode(key, invitation.id);
    return {
      link: buildEmailedInvitationLink(origin, code, deriveMailboxProof(key, invitation.id)),
      code: formatCode(code),
    };
  }
  if (accountLink) {
    const secret = deriveSecret(requireKey(accountLink.keyId), "account-link", accountLink.id);
    return { link: buildAccountLink(origin, accountLink.purpose, secret), code: "" };
  }
  if (request)
    return {
      link: buildRequestLink(origin, deriveRequestSecret(requireKey(request.keyId), request.id)),
      code: "",
    };
  return { link: "", code: "" };
}
