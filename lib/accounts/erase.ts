import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { lockAccountRows, membersLockQuery } from "@/lib/db/locks";

/**
 * Erases the accounts that are not in any organization any more, with their sessions, sign-in methods and links (REQ-G4).
 * Accounts that are active or blocked in another organization are kept, and so are operators. Member rows that were removed
 * elsewhere stay for that organization to erase, but no longer refer to the account. `emails` are further addresses whose
 * remaining data is deleted if they have no account. Call it after deleting the member rows.
 */
export async function eraseOrphanedAccounts(
  tx: Tx,
  { accounts, emails }: { accounts: readonly string[]; emails: readonly string[] },
): Promise<void> {
  const accountIds = [...accounts];
  // Locks members before accounts, as a join does.
  const isOrphan = Prisma.sql`
    m.account_id = ANY(${accountIds}::uuid[]) AND m.status IN ('invited', 'removed')
      AND NOT EXISTS (SELECT FROM member other
                      WHERE other.account_id = m.account_id AND other.status IN ('active', 'blocked'))`;
  await tx.$executeRaw`
    WITH locked AS (${membersLockQuery(isOrphan)})
    UPDATE member SET account_id = NULL FROM locked WHERE member.id = locked.id`;
  await lockAccountRows(tx, accountIds);
  // A separate statement, so that it sees joins that committed while this waited for the lock.
  const deleted = await tx.$queryRaw<{ email: string }[]>`
    DELETE FROM account a WHERE a.id = ANY(${accountIds}::uuid[]) AND NOT a.operator
      AND NOT EXISTS (SELECT FROM member m WHERE m.account_id = a.id)
    RETURNING a.email`;
  await eraseAddressData(tx, [...new Set([...emails, ...deleted.map(({ email }) => email)])]);
}

/**
 * Deletes what remains of addresses without an account: rate limits, magic link requests, emails that do not belong to
 * an organization, and unmatched delivery events.
 */
async function eraseAddressData(tx: Tx, emails: readonly string[]): Promise<void> {
  const withoutAccount = Prisma.sql`
    SELECT email FROM unnest(${[...emails]}::text[]) email
    WHERE NOT EXISTS (SELECT FROM account a WHERE a.email = email.email)`;
  await tx.$executeRaw`
    DELETE FROM rate_limit WHERE key IN (
      SELECT prefix || email FROM (${withoutAccount}) address, unnest(ARRAY['sign-in-account:', 'link-account:']) prefix)`;
  await tx.$executeRaw`DELETE FROM magic_link_request WHERE email IN (${withoutAccount})`;
  await tx.$executeRaw`
    DELETE FROM email_message WHERE organization_id IS NULL AND to_address IN (${withoutAccount})`;
  await tx.$executeRaw`
    DELETE FROM delivery_event e USING (${withoutAccount}) address
    WHERE e.email_message_id IS NULL AND position(address.email IN lower(e.data::text)) > 0`;
}
