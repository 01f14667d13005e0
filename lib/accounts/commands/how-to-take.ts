import type { Taking } from "@/lib/accounts/commands/take-account";
import type { Link } from "@/lib/accounts/queries";
import type { SignedIn } from "@/lib/auth/session";
import { type BadPassword, badPassword, hashPassword } from "@/lib/crypto/password";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * How the first proof of a mailbox by this link takes its account (REQ-D9): in the account's own session it stays as it
 * is; anywhere else it gets a new password, because whoever chose the old one may be somebody else.
 */
export async function howToTake(
  link: Link,
  signedIn: SignedIn | null,
  password: string | undefined,
): Promise<Result<Taking, BadPassword | "password-missing">> {
  const keepLink = link.id;
  if (signedIn?.accountId === link.accountId) return done({ keepSession: signedIn.sessionId, keepLink });
  if (!password) return refused("password-missing");
  const bad = badPassword(password, [link.email, link.name]);
  return bad ? refused(bad) : done({ passwordHash: await hashPassword(password), keepLink });
}
