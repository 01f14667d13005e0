import { askToConfirm } from "@/lib/accounts/commands/ask-to-confirm";
import { holdOwn } from "@/lib/accounts/commands/hold-own";
import type { SendConfirmationRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { findFull, takeTurn } from "@/lib/mail/quota";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * **Send the letter again**: to whoever has not confirmed their address (REQ-D9), within the five letters that a mailbox gets
 * a day. Earlier letters confirm as well, until one of them has.
 */
export async function sendConfirmation(signedIn: SignedIn): Promise<Result<null, SendConfirmationRefusal>> {
  const { accountId, email } = signedIn;
  return transaction(async (tx) => {
    await takeTurn(tx, [email]);
    const own = await holdOwn(tx, signedIn);
    if (!own) return refused("changed-meanwhile");
    if (own.confirmed) return refused("already-confirmed");
    if ((await findFull(tx, [email])).has(email)) return refused("recipient-limit");
    await askToConfirm(tx, { accountId, email });
    return done(null);
  });
}
