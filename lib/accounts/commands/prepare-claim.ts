import type { ClaimOptions } from "@/lib/accounts/commands/claim-account";
import type { AccountLink } from "@/lib/accounts/queries";
import type { SignedInAccount } from "@/lib/auth/session";
import { findPasswordProblem, hashPassword, type PasswordProblem } from "@/lib/crypto/password";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Returns the options to claim an account by the first proof of its mailbox (REQ-D9). In the account's own session it
 * keeps its password; elsewhere a new one is required, because the old one may have been chosen by someone else.
 */
export async function prepareClaim(
  link: AccountLink,
  signedIn: SignedInAccount | null,
  password: string | undefined,
): Promise<Result<ClaimOptions, PasswordProblem | "password-missing">> {
  const keepLink = link.id;
  if (signedIn?.accountId === link.accountId) return done({ keepSession: signedIn.sessionId, keepLink });
  if (!password) return refused("password-missing");
  const reason = findPasswordProblem(password, [link.email, link.name]);
  return reason ? refused(reason) : done({ passwordHash: await hashPassword(password), keepLink });
}
