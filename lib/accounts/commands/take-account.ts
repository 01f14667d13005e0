import { endLinks } from "@/lib/accounts/links";
import { endSessions } from "@/lib/auth/session";
import type { Tx } from "@/lib/db/client";

export type Taking = {
  /** The new password; null: it has none any more; undefined: it keeps the one it has. */
  passwordHash?: string | null | undefined;
  keepSession?: string | undefined;
  /** The link whose press this is, which the caller marks as used. */
  keepLink?: string | undefined;
  name?: string | undefined;
};

/**
 * The first proof of a mailbox makes the account its person's: confirmed everywhere; sessions, sign-in methods and
 * mailed links of before ended, and the password with them unless the proof came from the account's own session (REQ-D9).
 */
export async function takeAccount(tx: Tx, accountId: string, how: Taking): Promise<void> {
  // Members before the account, in one order: as a join locks them.
  await tx.$executeRaw`
    WITH held AS (SELECT id FROM member WHERE account_id = ${accountId}::uuid AND NOT address_confirmed
                  AND status IN ('active', 'blocked') ORDER BY id FOR UPDATE),
         confirmed AS (UPDATE member SET address_confirmed = true, version = version + 1
                       WHERE id IN (SELECT id FROM held) RETURNING id, organization_id)
    INSERT INTO activity (organization_id, member_id, actor_id, type, at)
    SELECT organization_id, id, id, 'confirmed', clock_timestamp() FROM confirmed`;
  await tx.$executeRaw`
    UPDATE account SET verified_at = coalesce(verified_at, clock_timestamp()), name = coalesce(${how.name ?? null}, name),
      password_hash = CASE WHEN ${how.passwordHash !== undefined} THEN ${how.passwordHash ?? null} ELSE password_hash END
    WHERE id = ${accountId}::uuid`;
  await endSessions(tx, accountId, how.keepSession);
  await endLinks(tx, accountId, how.keepLink);
  await tx.signInMethod.deleteMany({ where: { accountId } });
}
