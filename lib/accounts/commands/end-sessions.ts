import { lockAccount } from "@/lib/accounts/commands/lock-account";
import { expireEmailChange } from "@/lib/accounts/links";
import type { OwnAccountRefusal } from "@/lib/accounts/messages";
import { endSessions, type SignedInAccount } from "@/lib/auth/session";
import { db, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/** **End**: ends another session of the user, which is signed out at its next request. Idempotent. */
export async function endOtherSession(
  { accountId, sessionId }: SignedInAccount,
  { session }: { session: string },
): Promise<Result<null, never>> {
  await db().session.deleteMany({ where: { id: session, accountId, NOT: { id: sessionId } } });
  return done(null);
}

/** **End all other sessions**: ends the user's sessions except this one, and cancels a pending change of address. */
export async function endAllOtherSessions(
  signedIn: SignedInAccount,
): Promise<Result<null, OwnAccountRefusal>> {
  return transaction(async (tx) => {
    if (!(await lockAccount(tx, signedIn))) return refused("account-changed");
    await endSessions(tx, signedIn.accountId, signedIn.sessionId);
    await expireEmailChange(tx, signedIn.accountId);
    return done(null);
  });
}
