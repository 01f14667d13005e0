import { lockReauthenticated, reauthenticate } from "@/lib/accounts/commands/reauthenticate";
import { revokeSignInLinks } from "@/lib/accounts/links";
import type { ChangePasswordRefusal } from "@/lib/accounts/messages";
import { endSessions, type SignedInAccount } from "@/lib/auth/session";
import { findPasswordProblem, hashPassword } from "@/lib/crypto/password";
import { transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Changes the user's password after reauthentication. Ends every other session (S-SESS-2), every emailed link that signs
 * in, and a pending change of address. The caller creates a new session for this browser.
 */
export async function changePassword(
  ip: string,
  signedIn: SignedInAccount,
  input: { currentPassword?: string | undefined; password: string },
): Promise<Result<{ accountId: string }, ChangePasswordRefusal>> {
  const { accountId, sessionId, name, email } = signedIn;
  const reason = findPasswordProblem(input.password, [name, email]);
  if (reason) return refused(reason);
  const reauthenticated = await reauthenticate(ip, signedIn, input.currentPassword);
  if (!reauthenticated.ok) return reauthenticated;
  const passwordHash = await hashPassword(input.password);
  return transaction(async (tx) => {
    const account = await lockReauthenticated(tx, signedIn, reauthenticated.value);
    if (!account.ok) return account;
    await tx.account.update({ where: { id: accountId }, data: { passwordHash }, select: { id: true } });
    await endSessions(tx, accountId, sessionId);
    await revokeSignInLinks(tx, accountId);
    return done({ accountId });
  });
}
