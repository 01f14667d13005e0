import { holdOwn } from "@/lib/accounts/commands/hold-own";
import type { RemoveMethodRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Takes a sign-in through a provider away from one's own account, as long as another way in remains: a password, another
 * provider, or the mailbox, which opens every confirmed account. One that is gone already stays so.
 */
export async function removeMethod(
  signedIn: SignedIn,
  method: { issuer: string; subject: string },
): Promise<Result<null, RemoveMethodRefusal>> {
  const { accountId } = signedIn;
  return transaction(async (tx) => {
    const own = await holdOwn(tx, signedIn);
    if (!own) return refused("changed-meanwhile");
    const others = await tx.signInMethod.count({ where: { accountId, NOT: method } });
    if (own.passwordHash === null && !own.confirmed && others === 0) return refused("last-way");
    await tx.signInMethod.deleteMany({ where: { accountId, ...method } });
    return done(null);
  });
}
