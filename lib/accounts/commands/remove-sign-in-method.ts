import { lockAccount } from "@/lib/accounts/commands/lock-account";
import type { RemoveSignInMethodRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Removes a login provider from the user's account, if another sign-in method remains: a password, another provider, or
 * the mailbox of a confirmed address. Idempotent.
 */
export async function removeSignInMethod(
  signedIn: SignedInAccount,
  method: { issuer: string; subject: string },
): Promise<Result<null, RemoveSignInMethodRefusal>> {
  const { accountId } = signedIn;
  return transaction(async (tx) => {
    const account = await lockAccount(tx, signedIn);
    if (!account) return refused("account-changed");
    const others = await tx.signInMethod.count({ where: { accountId, NOT: method } });
    if (account.passwordHash === null && !account.confirmed && others === 0)
      return refused("last-sign-in-method");
    await tx.signInMethod.deleteMany({ where: { accountId, ...method } });
    return done(null);
  });
}
