import { cookies } from "next/headers";
import { cache } from "react";
import { type Actor, findActor, findOperator, type Operator } from "@/lib/auth/actor";
import { sessionCookie, signInAs } from "@/lib/auth/config";
import { endSession, findSession, type SignedIn } from "@/lib/auth/session";
import { sessionIn } from "@/lib/auth/session-cookie";
import { env } from "@/lib/config/env";

/** Who is signed in, read once a request; null: nobody, or the session was ended. */
export const currentAccount = cache(async (): Promise<SignedIn | null> => {
  const cookie = (await cookies()).get(sessionCookie())?.value;
  const id = cookie && (await sessionIn(cookie, { secret: env().secret, salt: sessionCookie() }));
  return id ? findSession(id) : null;
});

/** The signed-in person as actor in the organization of the address; null: signed out, or no active place there. */
export const currentActor = cache(async (slug: string): Promise<Actor | null> => {
  const account = await currentAccount();
  return account ? findActor(account.accountId, slug) : null;
});

/** The signed-in person as operator of the installation, or null. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const account = await currentAccount();
  return account ? findOperator(account.accountId) : null;
});

/**
 * Signs this browser in as the account, with a new session; the one it had ends. Only for accounts just proven; where a
 * password did that, by its stamp, and nobody is signed in if it is not the account's any more.
 */
export async function signInHere(accountId: string, stamp?: string): Promise<void> {
  const earlier = await currentAccount();
  await signInAs(accountId, stamp);
  if (earlier) await endSession(earlier.sessionId);
}
