import { type HeldAccount, holdOwn } from "@/lib/accounts/commands/hold-own";
import type { ProofRefusal } from "@/lib/accounts/messages";
import type { SignedIn } from "@/lib/auth/session";
import { passwordFits } from "@/lib/crypto/password";
import { db, type Tx } from "@/lib/db/client";
import { countTry, giveBack, inTime } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** The password that was typed, by its hash; null: the account has none. */
export type Proof = { passwordHash: string | null };

/**
 * Asks once more who is there, before what nobody at a browser that was left open may do. Guesses are counted with those of
 * sign-in. An account without a password is asked by `holdProven` how long ago it signed in.
 */
export async function proveAgain(
  ip: string,
  { accountId, email }: SignedIn,
  typed: string | undefined,
): Promise<Result<Proof, ProofRefusal>> {
  const account = await db().account.findUnique({
    where: { id: accountId },
    select: { passwordHash: true },
  });
  const passwordHash = account?.passwordHash ?? null;
  if (passwordHash === null) return done({ passwordHash });
  if (!typed) return refused("current-missing");
  const wait = (await countTry("sign-in-address", ip)) ?? (await countTry("sign-in-account", email));
  if (wait) return refused("too-many", { wait: inTime(wait) });
  if (!(await passwordFits(passwordHash, typed))) return refused("wrong-current");
  await Promise.all([giveBack("sign-in-address", ip), giveBack("sign-in-account", email)]);
  return done({ passwordHash });
}

/** Holds the account, if it is still the one that was proven: of two who change the password at once one is second. */
export async function holdProven(
  tx: Tx,
  signedIn: SignedIn,
  { passwordHash }: Proof,
): Promise<Result<HeldAccount, ProofRefusal>> {
  const own = await holdOwn(tx, signedIn);
  if (!own) return refused("changed-meanwhile");
  if (own.passwordHash !== passwordHash) return refused("wrong-current");
  return passwordHash === null && !own.isFresh ? refused("sign-in-again") : done(own);
}
