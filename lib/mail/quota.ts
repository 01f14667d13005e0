import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { lockQuota } from "@/lib/db/locks";

/** The daily limits (S-LIMIT-5): emails per recipient in all organizations, and invitations per user and organization. */
export const RECIPIENT_LIMIT = 5;
const INVITER_LIMIT = 2_000;

/** Notifications may use at most 3 of the 5, reserving 2 for emails that the user requests, such as a login link. */
export const NOTIFICATION_LIMIT = RECIPIENT_LIMIT - 2;

/** Returns an SQL condition: the address is below its daily limit. The caller has locked the address with `lockQuota`. */
export function underDailyLimit(address: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM email_message sent WHERE sent.to_address = ${address}
    AND sent.created_at > clock_timestamp() - interval '1 day') < ${RECIPIENT_LIMIT}`;
}

/**
 * Returns what is left of the daily limits: `overLimit`, the addresses that have reached theirs, and `remaining`, how
 * many invitations the actor may still send. Locks the quota of the actor and of each address until the transaction
 * ends, so that concurrent requests are counted one at a time. Call it before any member is locked (decision 0003).
 */
export async function remainingQuota(
  tx: Tx,
  actor: Actor,
  emails: readonly string[],
): Promise<{ overLimit: ReadonlySet<string>; remaining: number }> {
  await lockQuota(tx, [actor.memberId, ...emails]);
  const [usage] = await tx.$queryRaw<{ sent: number; overLimit: string[] }[]>`
    SELECT (SELECT count(*)::int FROM email_message
            WHERE organization_id = ${actor.organization.id}::uuid AND caused_by = ${actor.memberId}::uuid
              AND created_at > clock_timestamp() - interval '1 day' AND kind IN ('invitation', 'resent', 'new')) AS sent,
           ARRAY(${overLimitQuery(emails, RECIPIENT_LIMIT)}) AS "overLimit"`;
  return { overLimit: new Set(usage?.overLimit), remaining: Math.max(0, INVITER_LIMIT - (usage?.sent ?? 0)) };
}

/** Returns those of the addresses that have had `limit` or more emails within a day, of any kind. */
export async function findOverLimit(
  tx: Tx,
  emails: readonly string[],
  limit = RECIPIENT_LIMIT,
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ email: string }[]>(overLimitQuery(emails, limit));
  return new Set(rows.map(({ email }) => email));
}

function overLimitQuery(emails: readonly string[], limit: number): Prisma.Sql {
  return Prisma.sql`
    SELECT to_address AS email FROM email_message
    WHERE to_address = ANY(${[...emails]}::text[]) AND created_at > clock_timestamp() - interval '1 day'
    GROUP BY to_address HAVING count(*) >= ${limit}`;
}
