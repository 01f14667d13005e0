import type { SignInRefusal } from "@/lib/accounts/messages";
import { passwordFits, stampOf } from "@/lib/crypto/password";
import { db } from "@/lib/db/client";
import { parseAddress } from "@/lib/email-address/email-address";
import { countTry, giveBack, inTime } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Proves an account by its password. Known and unknown addresses take the same path and the same time; ten failures in
 * fifteen minutes per client IP, and per account, are followed by a pause (security, Public pages). The stamp is that of
 * the password which fitted: the session is opened only while it is still the account's.
 */
export async function proveByPassword(
  ip: string,
  input: { email: string; password: string },
): Promise<Result<{ accountId: string; stamp: string }, SignInRefusal>> {
  const parsed = parseAddress(input.email);
  const email = "address" in parsed ? parsed.address : "";
  // Counted before the work, so that parallel guesses count too; given back when it was no guess.
  // The client first: one that is paused cannot use up the tries of other people's accounts.
  const wait = (await countTry("sign-in-address", ip)) ?? (await countTry("sign-in-account", email));
  if (wait) return refused("too-many", { wait: inTime(wait) });

  const account = await db().account.findUnique({
    where: { email },
    select: { id: true, passwordHash: true },
  });
  const fits = await passwordFits(account?.passwordHash ?? null, input.password);
  if (!fits || !account?.passwordHash) return refused("wrong-credentials");
  await Promise.all([giveBack("sign-in-address", ip), giveBack("sign-in-account", email)]);
  return done({ accountId: account.id, stamp: stampOf(account.passwordHash) });
}
