import { endAddressChange } from "@/lib/accounts/commands/end-address-change";
import { holdOwn } from "@/lib/accounts/commands/hold-own";
import type { OwnRefusal } from "@/lib/accounts/messages";
import { endSessions, type SignedIn } from "@/lib/auth/session";
import { db, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/** **End**: another session of one's own is signed out by its next request. One that has ended already stays so. */
export async function endOther(
  { accountId, sessionId }: SignedIn,
  { session }: { session: string },
): Promise<Result<null, never>> {
  await db().session.deleteMany({ where: { id: session, accountId, NOT: { id: sessionId } } });
  return done(null);
}

/** **End all others**: this browser alone stays signed in, and a change of address that any of them asked for ends. */
export async function endAllOthers(signedIn: SignedIn): Promise<Result<null, OwnRefusal>> {
  return transaction(async (tx) => {
    if (!(await holdOwn(tx, signedIn))) return refused("changed-meanwhile");
    await endSessions(tx, signedIn.accountId, signedIn.sessionId);
    await endAddressChange(tx, signedIn.accountId);
    return done(null);
  });
}
