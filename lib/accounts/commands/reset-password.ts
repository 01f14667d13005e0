import { takeAccount } from "@/lib/accounts/commands/take-account";
import { endLinks, useLink } from "@/lib/accounts/links";
import type { ResetRefusal } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import { endSessions } from "@/lib/auth/session";
import { badPassword, hashPassword } from "@/lib/crypto/password";
import { type Tx, transaction, undo } from "@/lib/db/client";
import { giveBack } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Gives an account a new password by a link from its mailbox (REQ-F5). Every session and every other mailed link ends; as
 * the first proof of the mailbox it takes the account for its person, and older sign-in methods end as well (REQ-D9).
 */
export async function resetPassword(
  ip: string,
  input: { code: string; password: string },
): Promise<Result<{ accountId: string }, ResetRefusal>> {
  const link = await findLink(ip, "reset-password", input.code);
  if (!link.ok) return link;
  const { id, accountId, email, name, confirmed } = link.value;
  const bad = badPassword(input.password, [email, name]);
  if (bad) return refused(bad);
  const passwordHash = await hashPassword(input.password);
  const outcome = await transaction(async (tx) => {
    if (confirmed) await replacePassword(tx, { accountId, passwordHash, keepLink: id });
    else await takeAccount(tx, accountId, { passwordHash, keepLink: id });
    if (!(await useLink(tx, id))) throw undo(refused("dead-link"));
    return done({ accountId });
  });
  if (outcome.ok) await giveBack("link-account", email);
  return outcome;
}

async function replacePassword(
  tx: Tx,
  { accountId, passwordHash, keepLink }: { accountId: string; passwordHash: string; keepLink: string },
): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { passwordHash } });
  await endSessions(tx, accountId);
  await endLinks(tx, accountId, keepLink);
}
