import type { SignedIn } from "@/lib/auth/session";
import type { Tx } from "@/lib/db/client";

/** One's own account as commands decide about it. */
export type HeldAccount = {
  name: string;
  passwordHash: string | null;
  confirmed: boolean;
  /** The session began so short a while ago that its sign-in still proves who is there. */
  isFresh: boolean;
};

/**
 * The account of whoever is signed in, held until the transaction ends (members come before it). Null: the session was
 * ended while the request was on its way, or the account got another address; nothing is done in its name then.
 */
export async function holdOwn(
  tx: Tx,
  { accountId, sessionId, email }: SignedIn,
): Promise<HeldAccount | null> {
  await tx.$queryRaw`SELECT FROM account WHERE id = ${accountId}::uuid FOR UPDATE`;
  // Read by a statement of its own: who ended the session, or changed the account, held it too.
  const [own] = await tx.$queryRaw<HeldAccount[]>`
    SELECT a.name, a.password_hash AS "passwordHash", a.verified_at IS NOT NULL AS confirmed,
           s.created_at > clock_timestamp() - interval '15 minutes' AS "isFresh"
    FROM session s JOIN account a ON a.id = s.account_id
    WHERE s.id = ${sessionId}::uuid AND a.id = ${accountId}::uuid AND a.email = ${email}`;
  return own ?? null;
}
