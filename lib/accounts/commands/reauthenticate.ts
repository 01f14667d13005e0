import { type LockedAccount, lockAccount } from "@/lib/accounts/commands/lock-account";
import type { ReauthenticationRefusal } from "@/lib/accounts/messages";
import type { SignedInAccount } from "@/lib/auth/session";
import { passwordMatches } from "@/lib/crypto/password";
import { db, type Tx } from "@/lib/db/client";
import { consumeRateLimit, refundRateLimit } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** The hash of the password that was verified; null if the account has none. */
export type VerifiedPassword = { passwordHash: string | null };

/**
 * Verifies the current password before a sensitive change, so that an unattended browser is not enough. Attempts share the
 * limits of sign-in. For an account without a password, `lockReauthenticated` requires a recent sign-in instead.
 */
export async function reauthenticate(
  ip: string,
  { accountId, email }: SignedInAccount,
  password: string | undefined,
): Promise<Result<VerifiedPassword, ReauthenticationRefusal>> {
  const account = await db().account.findUnique({
    where: { id: accountId },
    select: { passwordHash: true },
  });
  const passwordHash = account?.passwordHash ?? null;
  if (passwordHash === null) return done({ passwordHash });
  if (!password) return refused("current-missing");
  const wait =
    (await consumeRateLimit("sign-in-address", ip)) ?? (await consumeRateLimit("sign-in-account", email));
  if (wait) return refused("too-many", { wait: { seconds: wait } });
  if (!(await passwordMatches(passwordHash, password))) return refused("wrong-current");
  await Promise.all([refundRateLimit("sign-in-address", ip), refundRateLimit("sign-in-account", email)]);
  return done({ passwordHash });
}

/** Locks the account and checks that its password is still the verified one, or, without one, that the session is fresh. */
export async function lockReauthenticated(
  tx: Tx,
  signedIn: SignedInAccount,
  { passwordHash }: VerifiedPassword,
): Promise<Result<LockedAccount, ReauthenticationRefusal>> {
  const account = await lockAccount(tx, signedIn);
  if (!account) return refused("account-changed");
  if (account.passwordHash !== passwordHash) return refused("wrong-current");
  return passwordHash === null && !account.isFresh ? refused("sign-in-again") : done(account);
}
