import { howToTake } from "@/lib/accounts/commands/how-to-take";
import { takeAccount } from "@/lib/accounts/commands/take-account";
import { useLink } from "@/lib/accounts/links";
import type { ConfirmRefusal } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import type { SignedIn } from "@/lib/auth/session";
import { transaction, undo } from "@/lib/db/client";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Confirms an address from its mailbox (REQ-D9). In the account's own session a press is enough; anywhere else the
 * person chooses a new password. Either way whoever else was signed in is not any more, and other ways in are gone.
 */
export async function confirmAddress(
  ip: string,
  signedIn: SignedIn | null,
  input: { code: string; password?: string | undefined },
): Promise<Result<{ accountId: string; newPassword: boolean }, ConfirmRefusal>> {
  const link = await findLink(ip, "confirm-address", input.code);
  if (!link.ok) return link;
  const { id, accountId } = link.value;
  const taking = await howToTake(link.value, signedIn, input.password);
  if (!taking.ok) return taking;
  return transaction(async (tx) => {
    await takeAccount(tx, accountId, taking.value);
    if (!(await useLink(tx, id))) throw undo(refused("dead-link"));
    return done({ accountId, newPassword: taking.value.passwordHash !== undefined });
  });
}
