import { randomUUID } from "node:crypto";
import { type Tx, transaction } from "@/lib/db/client";
import { OPEN_INVITATION_COPIES, QUEUED_DELIVERY } from "@/lib/db/copies";
import { Prisma } from "@/lib/db/generated/client";
import { lockMembersOfInvitations, lockOrganizationRows, lockQuota } from "@/lib/db/locks";
import { enqueueEmails } from "@/lib/mail/outbox";
import { underDailyLimit } from "@/lib/mail/quota";

/** The number of reminders in one transaction, which is also the maximum of one call of the provider. */
const BATCH_SIZE = 100;

/**
 * Selects invitations that need a reminder, apart from the time; the predicate of the index
 * `invitation_to_remind`. An invitation that is valid for less than three days gets none (the minute allows
 * for the milliseconds between `issued_at` and `expires_at`). A bounced email would bounce again, and a
 * queued one is still to be sent.
 */
const NEEDS_REMINDER = Prisma.sql`i.settled_as IS NULL AND i.reminded_at IS NULL
  AND i.expires_at - i.issued_at > interval '71 hours 59 minutes' 
  AND i.delivery NOT IN ('queued', 'bounced', 'complained')`;

/** Excludes addresses that are over their daily limit or whose emails are paused (decision 0036). */
const CAN_BE_EMAILED = Prisma.sql`${underDailyLimit(Prisma.sql`i.email`)}
  AND EXISTS (SELECT FROM member m WHERE m.id = i.member_id AND m.email_suppression IS NULL)`;

/** `isDomainAllowed` in SQL, with the current settings of the organization (REQ-G1). */
const DOMAIN_ALLOWED = Prisma.sql`split_part(i.email, '@', 2) <> ALL (o.refused_domains)
  AND (o.allowed_domains = '{}' OR split_part(i.email, '@', 2) = ANY (o.allowed_domains))`;

/**
 * Reminds the invitees whose invitation expires within 48 hours, once per sending (REQ-C12). The email is
 * enqueued in the transaction that marks the invitation, so that concurrent processes send one reminder.
 * Organizations can turn reminders off, and refused domains get none (REQ-G1). Reminders count towards the
 * daily limit of an address and wait for it. Returns early between two batches when `stopping` is aborted.
 */
export async function remindInvitees(_job: object = {}, stopping?: AbortSignal): Promise<void> {
  while (!stopping?.aborted && (await transaction(remindBatch))) {}
}

type DueInvitation = { id: string; organizationId: string; email: string };

/**
 * Reminds one batch; returns false if none was due. Lock order: organizations, daily limits, members by
 * address, invitations.
 */
async function remindBatch(tx: Tx): Promise<boolean> {
  // An address that is due in two organizations gets one reminder per batch, so that the daily limit counts
  // the first.
  const due = [
    ...new Map(
      (await tx.$queryRaw<DueInvitation[]>(dueRemindersQuery())).map((invitation) => [
        invitation.email,
        invitation,
      ]),
    ).values(),
  ];
  if (due.length === 0) return false;
  const ids = due.map(({ id }) => id);
  await lockOrganizationRows(
    tx,
    due.map(({ organizationId }) => organizationId),
    "share",
  );
  await lockQuota(
    tx,
    due.map(({ email }) => email),
  );
  await lockMembersOfInvitations(tx, null, ids);
  const emailIds = ids.map(() => randomUUID());
  const reminded = await tx.$queryRaw<(DueInvitation & { emailMessageId: string })[]>`
    WITH reminded AS (
      UPDATE invitation i SET reminded_at = clock_timestamp(), email_message_id = input.email_message_id,
             ${QUEUED_DELIVERY}
      FROM unnest(${ids}::uuid[], ${emailIds}::uuid[]) AS input (id, email_message_id), organization o
      WHERE i.id = input.id AND o.id = i.organization_id AND o.reminders
        AND ${NEEDS_REMINDER} AND ${CAN_BE_EMAILED} AND ${DOMAIN_ALLOWED}
        AND i.expires_at > clock_timestamp() AND i.expires_at <= clock_timestamp() + interval '48 hours'
      RETURNING i.id, i.organization_id, i.member_id, i.email, i.email_message_id, i.expires_at, i.resend_count,
                i.delivery, i.delivery_detail),
    updated_member AS (
      UPDATE member m SET ${OPEN_INVITATION_COPIES} FROM reminded i WHERE m.id = i.member_id),
    logged AS (
      INSERT INTO activity (organization_id, member_id, invitation_id, type, at)
      SELECT organization_id, member_id, id, 'reminded', clock_timestamp() FROM reminded)
    SELECT id, organization_id AS "organizationId", email, email_message_id AS "emailMessageId" FROM reminded`;
  await enqueueEmails(
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

/**
 * Returns the query of due invitations. Each organization scans its own index range; the demo and those
 * without reminders are skipped.
 */
export function dueRemindersQuery(): Prisma.Sql {
  return Prisma.sql`
    SELECT i.id, i.organization_id AS "organizationId", i.email FROM organization o CROSS JOIN LATERAL (
      SELECT i.id, i.organization_id, i.email FROM invitation i
      WHERE i.organization_id = o.id AND ${NEEDS_REMINDER} AND ${CAN_BE_EMAILED} AND ${DOMAIN_ALLOWED}
        AND i.expires_at > statement_timestamp() AND i.expires_at <= statement_timestamp() + interval '48 hours'
      ORDER BY i.expires_at LIMIT ${BATCH_SIZE}) i
    WHERE o.reminders AND NOT o.demo LIMIT ${BATCH_SIZE}`;
}
