import { cookies } from "next/headers";
import { cache } from "react";
import { type Actor, findActor, findOperator, type Operator } from "@/lib/auth/actor";
import { sessionCookieName, startSession } from "@/lib/auth/config";
import { endSession, findSession, type SignedInAccount } from "@/lib/auth/session";
import { decodeSessionId } from "@/lib/auth/session-cookie";
import { env } from "@/lib/config/env";

/** Returns the signed-in account, or null. Cached for the request. */
export const currentAccount = cache(async (): Promise<SignedInAccount | null> => {
  const cookie = (await cookies()).get(sessionCookieName())?.value;
  const id = cookie && (await decodeSessionId(cookie, { secret: env().secret, salt: sessionCookieName() }));
  return id ? findSession(id) : null;
});

/** Returns the signed-in user as the actor in this organization; null if signed out or not an active member there. */
export const currentActor = cache(async (slug: string): Promise<Actor | null> => {
  const account = await currentAccount();
  return account ? findActor(account.accountId, slug) : null;
});

/** Returns the signed-in user as the operator of the installation, or null. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const account = await currentAccount();
  return account ? findOperator(account.accountId) : null;
});

/**
 * Signs this browser in to the account with a new session and ends its previous one. Call it only for an account that was
 * just authenticated. If that was by a password, pass its stamp: no session is created if the password has changed since.
 */
export async function signInAccount(accountId: string, stamp?: string): Promise<void> {
  const previous = await currentAccount();
  await startSession(accountId, stamp);
  if (previous) await endSession(previous.sessionId);
}
