import { enqueueConfirmation } from "@/lib/accounts/commands/enqueue-confirmation";
import { lockAccount } from "@/lib/accounts/commands/lock-account";
import type { ResendConfirmationRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { lockQuota } from "@/lib/db/locks";
import { findOverLimit, RECIPIENT_LIMIT } from "@/lib/mail/quota";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Resend confirmation email**: sends another link to confirm the user's address (REQ-D9), within the address's daily
 * limit. Links in earlier emails stay valid until one of them is used.
 */
export async function resendConfirmation(
  signedIn: SignedInAccount,
): Promise<Result<null, ResendConfirmationRefusal>> {
  const { accountId, email } = signedIn;
  return transaction(async (tx) => {
    await lockQuota(tx, [email]);
    const account = await lockAccount(tx, signedIn);
    if (!account) return refused("account-changed");
    if (account.confirmed) return refused("already-confirmed");
    if ((await findOverLimit(tx, [email])).has(email))
      return refused("recipient-limit", { limit: RECIPIENT_LIMIT });
    await enqueueConfirmation(tx, { accountId, email });
    return done(null);
  });
}
