import type { SignedInAccount } from "@/lib/auth/session";
import type { Tx } from "@/lib/db/client";
import { lockAccountRow } from "@/lib/db/locks";

/** The user's own locked account. */
export type LockedAccount = {
  name: string;
  passwordHash: string | null;
  confirmed: boolean;
  /** The session is less than 15 minutes old, so its sign-in counts as reauthentication. */
  isFresh: boolean;
};

/**
 * Locks the signed-in account until the transaction ends (lock order: members before accounts). Returns null if the
 * session was ended or the account's address changed since the request was authenticated.
 */
export async function lockAccount(
  tx: Tx,
  { accountId, sessionId, email }: SignedInAccount,
): Promise<LockedAccount | null> {
  await lockAccountRow(tx, accountId, "update");
  // A separate statement, so that it sees what the previous holder of the lock has changed.
  const [account] = await tx.$queryRaw<LockedAccount[]>`
    SELECT a.name, a.password_hash AS "passwordHash", a.verified_at IS NOT NULL AS confirmed,
           s.created_at > clock_timestamp() - interval '15 minutes' AS "isFresh"
    FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.id = ${sessionId}::uuid AND a.id = ${accountId}::uuid AND a.email = ${email}`;
  return account ?? null;
}
