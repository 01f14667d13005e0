import { revokeLinks } from "@/lib/accounts/links";
import { endSessions } from "@/lib/auth/session";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { membersLockQuery } from "@/lib/db/locks";

export type ClaimOptions = {
  /** Hash of the new password; null removes the password, undefined keeps it. */
  passwordHash?: string | null | undefined;
  keepSession?: string | undefined;
  /** The link that is being used; the caller marks it as used. */
  keepLink?: string | undefined;
  name?: string | undefined;
};

/**
 * Transfers the account to the owner of its mailbox at the first proof of it (REQ-D9): confirms the address in every
 * organization, and ends all other sessions, links and sign-in methods. The password changes as `options` say.
 */
export async function claimAccount(tx: Tx, accountId: string, options: ClaimOptions): Promise<void> {
  // Locks members before the account, as a join does.
  const isUnconfirmed = Prisma.sql`m.account_id = ${accountId}::uuid AND NOT m.address_confirmed
    AND m.status IN ('active', 'blocked')`;
  await tx.$executeRaw`
    WITH locked AS (${membersLockQuery(isUnconfirmed, "update")}),
         confirmed AS (UPDATE member SET address_confirmed = true, version = version + 1
                       WHERE id IN (SELECT id FROM locked) RETURNING id, organization_id)
    INSERT INTO activity (organization_id, member_id, actor_id, type, at)
    SELECT organization_id, id, id, 'confirmed', clock_timestamp() FROM confirmed`;
  await tx.$executeRaw`
    UPDATE account SET verified_at = coalesce(verified_at, clock_timestamp()), name = coalesce(${options.name ?? null}, name),
      password_hash = CASE WHEN ${options.passwordHash !== undefined} THEN ${options.passwordHash ?? null} ELSE password_hash END
    WHERE id = ${accountId}::uuid`;
  await endSessions(tx, accountId, options.keepSession);
  await revokeLinks(tx, accountId, options.keepLink);
  await tx.signInMethod.deleteMany({ where: { accountId } });
}
