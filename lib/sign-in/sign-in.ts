import { signInAccount } from "@/lib/auth/current";
import { consumeEncryptedCookie, setEncryptedCookie } from "@/lib/auth/encrypted-cookie";
import type { Identity } from "@/lib/auth/openid";
import { linkRememberedIdentity } from "@/lib/sign-in/commands/link-identity";

const IDENTITY_COOKIE = "waiting";

/** Remembers a provider's identity in this browser for 15 minutes, until its user signs in to the account another way. */
export function rememberUnlinkedIdentity({ issuer, subject, email }: Identity): Promise<void> {
  return setEncryptedCookie(IDENTITY_COOKIE, { issuer, subject, email }, 15 * 60);
}

/** Signs this browser in, and links the remembered provider identity to the account (decision 0024). */
export async function signInAndLinkIdentity(accountId: string, stamp?: string): Promise<void> {
  await signInAccount(accountId, stamp);
  const identity =
    await consumeEncryptedCookie<Pick<Identity, "issuer" | "subject" | "email">>(IDENTITY_COOKIE);
  if (identity) await linkRememberedIdentity(accountId, identity);
}
