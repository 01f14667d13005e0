import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/**
 * Erases those of these accounts that have no place left anywhere, with their sessions, sign-in methods and links (REQ-G4).
 * Who is active or blocked in another organization keeps theirs, and so does an operator. A place somewhere that ended
 * earlier stays that organization's to erase, and knows the account no longer. `emails`: whatever else names these
 * addresses and belongs to nobody goes too. Call it after the places at hand are gone.
 */
export async function forgetAccounts(
  tx: Tx,
  { accounts, emails }: { accounts: readonly string[]; emails: readonly string[] },
): Promise<void> {
  const these = [...accounts];
  // Members before accounts, in one order: as a join locks them.
  await tx.$executeRaw`
    WITH held AS (
      SELECT m.id FROM member m
      WHERE m.account_id = ANY(${these}::uuid[]) AND m.status IN ('invited', 'removed')
        AND NOT EXISTS (SELECT FROM member other
                        WHERE other.account_id = m.account_id AND other.status IN ('active', 'blocked'))
      ORDER BY m.id FOR NO KEY UPDATE OF m)
    UPDATE member SET account_id = NULL FROM held WHERE member.id = held.id`;
  await tx.$queryRaw`SELECT FROM account WHERE id = ANY(${these}::uuid[]) ORDER BY id FOR UPDATE`;
  // Asked in a statement of its own: who is joining somewhere at this moment keeps the account.
  const gone = await tx.$queryRaw<{ email: string }[]>`
    DELETE FROM account a WHERE a.id = ANY(${these}::uuid[]) AND NOT a.operator
      AND NOT EXISTS (SELECT FROM member m WHERE m.account_id = a.id)
    RETURNING a.email`;
  await forgetAddresses(tx, [...new Set([...emails, ...gone.map(({ email }) => email)])]);
}

/** Counters of sign-ins and wishes, wishes that wait, letters of no organization, a provider's news about none; but for those who have an account. */
async function forgetAddresses(tx: Tx, emails: readonly string[]): Promise<void> {
  const nobody = Prisma.sql`
    SELECT email FROM unnest(${[...emails]}::text[]) email
    WHERE NOT EXISTS (SELECT FROM account a WHERE a.email = email.email)`;
  await tx.$executeRaw`
    DELETE FROM rate_limit WHERE key IN (
      SELECT prefix || email FROM (${nobody}) nobody, unnest(ARRAY['sign-in-account:', 'link-account:']) prefix)`;
  await tx.$executeRaw`DELETE FROM magic_link_request WHERE email IN (${nobody})`;
  await tx.$executeRaw`
    DELETE FROM email_message WHERE organization_id IS NULL AND to_address IN (${nobody})`;
  await tx.$executeRaw`
    DELETE FROM delivery_event e USING (${nobody}) nobody
    WHERE e.email_message_id IS NULL AND position(nobody.email IN lower(e.data::text)) > 0`;
}
