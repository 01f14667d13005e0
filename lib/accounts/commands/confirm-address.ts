import { takeAccount } from "@/lib/accounts/commands/take-account";
import { useLink } from "@/lib/accounts/commands/use-link";
import type { ConfirmRefusal } from "@/lib/accounts/messages";
import { badPassword, hashPassword } from "@/lib/accounts/password";
import { findLink } from "@/lib/accounts/queries";
import type { SignedIn } from "@/lib/auth/session";
import { transaction } from "@/lib/db/client";
import { done, type Outcome, refused } from "@/lib/kit/outcome";

/**
 * Confirms an address from its mailbox (R D9). In the account's own session a press is enough; anywhere else the
 * person chooses a new password. Either way whoever else was signed in is not any more, and other ways in are gone.
 */
export async function confirmAddress(
  ip: string,
  signedIn: SignedIn | null,
  input: { code: string; password?: string | undefined },
): Promise<Outcome<{ accountId: string; newPassword: boolean }, ConfirmRefusal>> {
  const link = await findLink(ip, "confirm-address", input.code);
  if (!link.ok) return link;
  const own = signedIn?.accountId === link.value.accountId;
  if (!own && !input.password) return refused("password-missing");
  const bad =
    !own && input.password ? badPassword(input.password, [link.value.email, link.value.name]) : null;
  if (bad) return refused(bad);
  const passwordHash = !own && input.password ? await hashPassword(input.password) : undefined;
  return transaction(async (tx) => {
    const accountId = await useLink(tx, link.value.id);
    if (!accountId) return refused("dead-link");
    await takeAccount(tx, accountId, { passwordHash, keepSession: own ? signedIn?.sessionId : undefined });
    return done({ accountId, newPassword: passwordHash !== undefined });
  });
}
