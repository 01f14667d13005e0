import { holdProven, proveAgain } from "@/lib/accounts/commands/prove-again";
import { endWaysIn } from "@/lib/accounts/links";
import type { ChangePasswordRefusal } from "@/lib/accounts/messages";
import { endSessions, type SignedIn } from "@/lib/auth/session";
import { badPassword, hashPassword } from "@/lib/crypto/password";
import { transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * A new password, for whoever knows the current one; the first one, for whoever has just signed in. Every other session
 * ends with it (security: sessions), every mailed link that lets somebody in, and a change of address that waits; the
 * caller gives this browser a new session.
 */
export async function changePassword(
  ip: string,
  signedIn: SignedIn,
  input: { currentPassword?: string | undefined; password: string },
): Promise<Result<{ accountId: string }, ChangePasswordRefusal>> {
  const { accountId, sessionId, name, email } = signedIn;
  const bad = badPassword(input.password, [name, email]);
  if (bad) return refused(bad);
  const proof = await proveAgain(ip, signedIn, input.currentPassword);
  if (!proof.ok) return proof;
  const passwordHash = await hashPassword(input.password);
  return transaction(async (tx) => {
    const own = await holdProven(tx, signedIn, proof.value);
    if (!own.ok) return own;
    await tx.account.update({ where: { id: accountId }, data: { passwordHash }, select: { id: true } });
    await endSessions(tx, accountId, sessionId);
    await endWaysIn(tx, accountId);
    return done({ accountId });
  });
}
