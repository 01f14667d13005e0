import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Security, Public pages: letters per recipient a day over all organizations, invitations per user and organization. */
const PER_RECIPIENT = 5;
const PER_INVITER = 2_000;

/** News that nobody asked for leaves two of a recipient's letters for what they ask for: a link to sign in, a new password. */
export const FOR_NEWS = PER_RECIPIENT - 2;

/** Has an address room for one letter more today? A condition for a statement; whoever asks holds the address by `takeTurn`. */
export function hasRoom(address: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM email_message today WHERE today.to_address = ${address}
    AND today.created_at > clock_timestamp() - interval '1 day') < ${PER_RECIPIENT}`;
}

/**
 * Who may still get a letter today, counted in SQL from the letters. `full`: addresses that had their five; `mine`: how
 * many the actor may still send. Holds an advisory lock for the actor and each address until the transaction ends, so
 * that parallel requests count one after the other. Called before any member is locked (decision 0003).
 */
export async function room(
  tx: Tx,
  actor: Actor,
  emails: readonly string[],
): Promise<{ full: ReadonlySet<string>; mine: number }> {
  await takeTurn(tx, [actor.memberId, ...emails]);
  const [counted] = await tx.$queryRaw<{ sent: number; full: string[] }[]>`
    SELECT (SELECT count(*)::int FROM email_message
            WHERE organization_id = ${actor.organization.id}::uuid AND caused_by = ${actor.memberId}::uuid
              AND created_at > clock_timestamp() - interval '1 day' AND kind IN ('invitation', 'resent', 'new')) AS sent,
           ARRAY(${fullOf(emails, PER_RECIPIENT)}) AS full`;
  return { full: new Set(counted?.full), mine: Math.max(0, PER_INVITER - (counted?.sent ?? 0)) };
}

/** Holds the limits of these members and addresses until the transaction ends, in one order. Before any member is locked. */
export async function takeTurn(tx: Tx, names: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(lock) FROM (
      SELECT DISTINCT hashtextextended(name, 0) AS lock FROM unnest(${[...names]}::text[]) name ORDER BY 1) locks`;
}

/** Those of these addresses that had their letters of today, whatever the letters were about. */
export async function findFull(
  tx: Tx,
  emails: readonly string[],
  most = PER_RECIPIENT,
): Promise<ReadonlySet<string>> {
  const full = await tx.$queryRaw<{ email: string }[]>(fullOf(emails, most));
  return new Set(full.map((row) => row.email));
}

function fullOf(emails: readonly string[], most: number): Prisma.Sql {
  return Prisma.sql`
    SELECT to_address AS email FROM email_message
    WHERE to_address = ANY(${[...emails]}::text[]) AND created_at > clock_timestamp() - interval '1 day'
    GROUP BY to_address HAVING count(*) >= ${most}`;
}
