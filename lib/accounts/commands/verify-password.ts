import type { SignInRefusal } from "@/lib/accounts/messages";
import { fingerprintPassword, passwordMatches } from "@/lib/crypto/password";
import { db } from "@/lib/db/client";
import { parseAddress } from "@/lib/email-address/email-address";
import { consumeRateLimit, refundRateLimit } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Verifies an account's password. Known and unknown addresses take the same path and time (S-PUB-1); 10 failures in 15
 * minutes per client IP or account are the limit (S-LIMIT-3). `stamp` identifies the verified password: the session is
 * created only if it has not changed since.
 */
export async function verifyPassword(
  ip: string,
  input: { email: string; password: string },
): Promise<Result<{ accountId: string; stamp: string }, SignInRefusal>> {
  const parsed = parseAddress(input.email);
  const email = "address" in parsed ? parsed.address : "";
  // Counted before the check, so that parallel guesses count too, and refunded on success.
  // The client's limit first, so that a blocked client cannot use up the attempts of other accounts.
  const wait =
    (await consumeRateLimit("sign-in-address", ip)) ?? (await consumeRateLimit("sign-in-account", email));
  if (wait) return refused("too-many", { wait: { seconds: wait } });

  const account = await db().account.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  });
  const matches = await passwordMatches(account?.passwordHash ?? null, input.password);
  if (!matches || !account?.passwordHash) return refused("wrong-credentials");
  await Promise.all([refundRateLimit("sign-in-address", ip), refundRateLimit("sign-in-account", email)]);
  return done({ accountId: account.id, stamp: fingerprintPassword(account.passwordHash) });
}
