import { lockAccount } from "@/lib/accounts/commands/lock-account";
import { expireEmailChange } from "@/lib/accounts/links";
import type { OwnAccountRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/** **Cancel change**: revokes the links of the pending change of address. */
export async function cancelEmailChange(signedIn: SignedInAccount): Promise<Result<null, OwnAccountRefusal>> {
  return transaction(async (tx) => {
    if (!(await lockAccount(tx, signedIn))) return refused("account-changed");
    await expireEmailChange(tx, signedIn.accountId);
    return done(null);
  });
}
