import { signInHere } from "@/lib/auth/current";
import type { Identity } from "@/lib/auth/openid";
import { keepSealed, takeSealed } from "@/lib/auth/sealed-cookie";
import { linkWaiting } from "@/lib/sign-in/commands/link-identity";

const COOKIE = "waiting";

/** Keeps in this browser what a provider said of the person of an account, until the account is proven another way. */
export function keepWaiting({ issuer, subject, email }: Identity): Promise<void> {
  return keepSealed(COOKIE, { issuer, subject, email }, 15 * 60);
}

/** Signs this browser in; what a provider said in it a moment ago opens the same account from now on (decision 0024). */
export async function enterHere(accountId: string, stamp?: string): Promise<void> {
  await signInHere(accountId, stamp);
  const waiting = await takeSealed<Pick<Identity, "issuer" | "subject" | "email">>(COOKIE);
  if (waiting) await linkWaiting(accountId, waiting);
}
