import { claimAccount } from "@/lib/accounts/commands/claim-account";
import { consumeLink, revokeLinks } from "@/lib/accounts/links";
import type { ResetPasswordRefusal } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import { endSessions } from "@/lib/auth/session";
import { findPasswordProblem, hashPassword } from "@/lib/crypto/password";
import { rollback, type Tx, transaction } from "@/lib/db/client";
import { refundRateLimit } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Sets a new password by an emailed link (REQ-F5), and ends every session and every other link. If this is the first
 * proof of the mailbox, it claims the account, which removes older sign-in methods too (REQ-D9).
 */
export async function resetPassword(
  ip: string,
  input: { code: string; password: string },
): Promise<Result<{ accountId: string }, ResetPasswordRefusal>> {
  const link = await findAccountLink(ip, "reset-password", input.code);
  if (!link.ok) return link;
  const { id, accountId, email, name, confirmed } = link.value;
  const reason = findPasswordProblem(input.password, [email, name]);
  if (reason) return refused(reason);
  const passwordHash = await hashPassword(input.password);
  const result = await transaction(async (tx) => {
    if (confirmed) await replacePassword(tx, { accountId, passwordHash, keepLink: id });
    else await claimAccount(tx, accountId, { passwordHash, keepLink: id });
    if (!(await consumeLink(tx, id))) throw rollback(refused("invalid-link"));
    return done({ accountId });
  });
  if (result.ok) await refundRateLimit("link-account", email);
  return result;
}

async function replacePassword(
  tx: Tx,
  { accountId, passwordHash, keepLink }: { accountId: string; passwordHash: string; keepLink: string },
): Promise<void> {
  await tx.account.update({ where: { id: accountId }, data: { passwordHash } });
  await endSessions(tx, accountId);
  await revokeLinks(tx, accountId, keepLink);
}
