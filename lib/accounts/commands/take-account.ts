import { endSessions } from "@/lib/auth/session";
import type { Tx } from "@/lib/db/client";

/**
 * The first proof of a mailbox makes the account its person's: confirmed everywhere, other sessions and sign-in
 * methods ended, and the password replaced unless the proof came from the account's own session (R D9).
 */
export async function takeAccount(
  tx: Tx,
  accountId: string,
  how: { passwordHash?: string | undefined; keepSession?: string | undefined; name?: string },
): Promise<void> {
  // Members before the account, in one order: as a join locks them.
  await tx.$executeRaw`
    WITH held AS (SELECT id FROM member WHERE account_id = ${accountId}::uuid AND NOT address_confirmed
                  AND status IN ('active', 'blocked') ORDER BY id FOR UPDATE),
         confirmed AS (UPDATE member SET address_confirmed = true, version = version + 1
                       WHERE id IN (SELECT id FROM held) RETURNING id, organization_id)
    INSERT INTO activity (organization_id, member_id, actor_id, what, at)
    SELECT organization_id, id, id, 'confirmed', clock_timestamp() FROM confirmed`;
  await tx.$executeRaw`
    UPDATE account SET verified_at = coalesce(verified_at, clock_timestamp()),
      password_hash = coalesce(${how.passwordHash ?? null}, password_hash), name = coalesce(${how.name ?? null}, name)
    WHERE id = ${accountId}::uuid`;
  // Other letters that asked for it have nothing left to ask.
  await tx.$executeRaw`
    UPDATE account_link SET expires_at = clock_timestamp()
    WHERE account_id = ${accountId}::uuid AND purpose = 'confirm-address' AND used_at IS NULL
      AND expires_at > clock_timestamp()`;
  await endSessions(tx, accountId, how.keepSession);
  await tx.signInMethod.deleteMany({ where: { accountId } });
}
