import { lockAccount } from "@/lib/accounts/commands/lock-account";
import type { OwnAccountRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { type Tx, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/** **Cancel the change**: revokes the links of the pending change of address. */
export async function cancelEmailChange(signedIn: SignedInAccount): Promise<Result<null, OwnAccountRefusal>> {
  return transaction(async (tx) => {
    if (!(await lockAccount(tx, signedIn))) return refused("account-changed");
    await expireEmailChange(tx, signedIn.accountId);
    return done(null);
  });
}

/** Expires the pending change of address, if there is one. Call it with the account locked. */
export async function expireEmailChange(tx: Tx, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE account_link SET expires_at = clock_timestamp()
    WHERE account_id = ${accountId}::uuid AND purpose = 'change-address' AND used_at IS NULL
      AND expires_at > clock_timestamp()`;
}
