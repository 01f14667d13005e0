import { randomUUID } from "node:crypto";
import { type Tx, transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { owe } from "@/lib/mail/outbox";
import { hasRoom, takeTurn } from "@/lib/mail/quota";

/** One transaction reminds as many as one call of the provider takes. */
const BATCH = 100;

/**
 * What a row must fulfil, moments aside; the index `invitation_to_remind` holds exactly these. A term of under three days
 * has no reminder; its two moments lie some milliseconds apart. What bounced would again, and what waits comes anyway.
 */
const UNREMINDED = Prisma.sql`i.settled_as IS NULL AND i.reminded_at IS NULL
  AND i.expires_at - i.issued_at > interval '71 hours 59 minutes' AND i.delivery NOT IN ('queued', 'bounced', 'complained')`;

/** Nothing is mailed to an address that bounced for good or complained (decision 0036); and the day has room for a letter. */
const MAILABLE = Prisma.sql`${hasRoom(Prisma.sql`i.email`)}
  AND EXISTS (SELECT FROM member m WHERE m.id = i.member_id AND m.email_suppression IS NULL)`;

/** The organization invites addresses of this domain, as the settings stand now (REQ-G1): `isDomainAllowed` in SQL. */
const INVITED_DOMAIN = Prisma.sql`split_part(i.email, '@', 2) <> ALL (o.refused_domains)
  AND (o.allowed_domains = '{}' OR split_part(i.email, '@', 2) = ANY (o.allowed_domains))`;

/**
 * Reminds everybody whose invitation expires within 48 hours, once for each sending (REQ-C12): the letter is owed with the
 * note that it was, so any number of processes remind each person once. Organizations can switch it off; to a domain that is
 * refused meanwhile none goes (REQ-G1). A reminder is one of the five letters that an address gets a day, and waits for room. Ends early, between two hundreds, once
 * `stopping` says that the process is to end.
 */
export async function remind(_job: object = {}, stopping?: AbortSignal): Promise<void> {
  while (!stopping?.aborted && (await transaction(remindSome))) {}
}

type Due = { id: string; organizationId: string; email: string };

/** Answers whether anybody was due. In the one lock order: organizations, daily limits, members by address, invitations. */
async function remindSome(tx: Tx): Promise<boolean> {
  // Somebody due in two organizations has their turn in the second round, with the first letter counted.
  const due = [...new Map((await tx.$queryRaw<Due[]>(dueQuery())).map((one) => [one.email, one])).values()];
  if (due.length === 0) return false;
  const ids = due.map(({ id }) => id);
  await tx.$queryRaw`
    SELECT FROM organization WHERE id = ANY(${due.map(({ organizationId }) => organizationId)}::uuid[])
    ORDER BY id FOR SHARE`;
  await takeTurn(
    tx,
    due.map(({ email }) => email),
  );
  await tx.$queryRaw`
    SELECT FROM member m JOIN invitation i ON i.member_id = m.id WHERE i.id = ANY(${ids}::uuid[])
    ORDER BY m.organization_id, m.email COLLATE "C" FOR NO KEY UPDATE OF m`;
  const letters = ids.map(() => randomUUID());
  const reminded = await tx.$queryRaw<(Due & { emailMessageId: string })[]>`
    WITH reminded AS (
      UPDATE invitation i SET reminded_at = clock_timestamp(), email_message_id = t.email_message_id, delivery = 'queued',
             delivery_detail = NULL
      FROM unnest(${ids}::uuid[], ${letters}::uuid[]) AS t (id, email_message_id), organization o
      WHERE i.id = t.id AND o.id = i.organization_id AND o.reminders AND ${UNREMINDED} AND ${MAILABLE} AND ${INVITED_DOMAIN}
        AND i.expires_at > clock_timestamp() AND i.expires_at <= clock_timestamp() + interval '48 hours'
      RETURNING i.id, i.organization_id, i.member_id, i.email, i.email_message_id),
    m AS (
      UPDATE member m SET delivery = 'queued', delivery_detail = NULL FROM reminded WHERE m.id = reminded.member_id),
    noted AS (
      INSERT INTO activity (organization_id, member_id, invitation_id, type, at)
      SELECT organization_id, member_id, id, 'reminded', clock_timestamp() FROM reminded)
    SELECT id, organization_id AS "organizationId", email, email_message_id AS "emailMessageId" FROM reminded`;
  await owe(
    tx,
    reminded.map(({ id, organizationId, email, emailMessageId }) => ({
      id: emailMessageId,
      kind: "reminder",
      to: email,
      organizationId,
      invitationId: id,
    })),
  );
  return true;
}

/** Each organization walks its own index, so that one which wants no reminders costs nothing; of the demo nobody is told. */
export function dueQuery(): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.organization_id AS "organizationId", i.email FROM organization o CROSS JOIN LATERAL (
      SELECT i.id, i.organization_id, i.email FROM invitation i
      WHERE i.organization_id = o.id AND ${UNREMINDED} AND ${MAILABLE} AND ${INVITED_DOMAIN}
        AND i.expires_at > statement_timestamp() AND i.expires_at <= statement_timestamp() + interval '48 hours'
      ORDER BY i.expires_at LIMIT ${BATCH}) i
    WHERE o.reminders AND NOT o.demo LIMIT ${BATCH}`;
}
