import { holdOwn } from "@/lib/accounts/commands/hold-own";
import type { OwnRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { type Tx, transaction } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/** **Cancel the change**: neither mailbox's link opens anything any more. */
export async function cancelAddressChange(signedIn: SignedIn): Promise<Result<null, OwnRefusal>> {
  return transaction(async (tx) => {
    if (!(await holdOwn(tx, signedIn))) return refused("changed-meanwhile");
    await endAddressChange(tx, signedIn.accountId);
    return done(null);
  });
}

/** Ends the change of address that waits for its mailboxes, if there is one. Under the account's lock. */
export async function endAddressChange(tx: Tx, accountId: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE account_link SET expires_at = clock_timestamp()
    WHERE account_id = ${accountId}::uuid AND purpose = 'change-address' AND used_at IS NULL
      AND expires_at > clock_timestamp()`;
}
