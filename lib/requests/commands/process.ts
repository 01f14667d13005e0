import { randomUUID } from "node:crypto";
import { type Tx, transaction } from "@/lib/db/client";
import { lockOrganizationRow, lockQuota } from "@/lib/db/locks";
import { isDomainAllowed } from "@/lib/email-address/email-address";
import { enqueueJobs, type JobData } from "@/lib/jobs/queue";
import { REQUEST_CONFIRMATION_HOURS } from "@/lib/links/request-link";
import { enqueueEmails } from "@/lib/mail/outbox";
import { findOverLimit, NOTIFICATION_LIMIT } from "@/lib/mail/quota";
import { DISMISSED_RETENTION_DAYS } from "@/lib/requests/status";

/**
 * `seconds`: time until the request is deleted because it is unconfirmed or dismissed; null if it is kept.
 */
type QueuedRequest = {
  id: string;
  organizationId: string;
  email: string;
  status: string;
  seconds: number | null;
};

/**
 * Handles the job of a request. On receipt, emails the address a confirmation link if the request is
 * eligible. Deletes the request if it is unconfirmed after 48 hours (REQ-E2) or was dismissed 30 days ago;
 * until then, schedules itself again.
 */
export async function processRequest({ request }: JobData["requests"]): Promise<void> {
  await transaction(async (tx) => {
    const row = await findQueuedRequest(tx, request);
    if (!row) return;
    if (row.seconds !== null && row.seconds <= 0) return deleteRequest(tx, row.id);
    if (row.status === "received") await requestConfirmation(tx, row);
    if (row.seconds !== null) await enqueueJobs(tx, "requests", [{ request }], row.seconds);
  });
}

async function findQueuedRequest(tx: Tx, request: string): Promise<QueuedRequest | undefined> {
  const [row] = await tx.$queryRaw<QueuedRequest[]>`
    SELECT id, organization_id AS "organizationId", email, status,
           ceil(extract(epoch FROM CASE
             WHEN status IN ('received', 'unconfirmed')
               THEN created_at + make_interval(hours => ${REQUEST_CONFIRMATION_HOURS}::int)
             WHEN status = 'dismissed'
               THEN settled_at + make_interval(days => ${DISMISSED_RETENTION_DAYS}::int)
           END - clock_timestamp()))::int AS seconds
    FROM invitation_request WHERE id = ${request}::uuid`;
  return row;
}

/** Checks the status again, because the requester may confirm concurrently. */
async function deleteRequest(tx: Tx, id: string): Promise<void> {
  await tx.invitationRequest.deleteMany({
    where: { id, status: { in: ["received", "unconfirmed", "dismissed"] } },
  });
}

/**
 * Enqueues the confirmation email, unless the address belongs to an active, blocked or invited member, has an
 * open request, has reached the daily limit for unrequested emails, or is on a domain that cannot be invited.
 * An ineligible request keeps the status "received" without name and message, and expires like an unconfirmed
 * one, so the limit on unconfirmed requests does not reveal who is a user (decision 0029).
 */
async function requestConfirmation(tx: Tx, { id, organizationId, email }: QueuedRequest): Promise<void> {
  const organization = await lockOrganizationRow(tx, organizationId, "share");
  await lockQuota(tx, [email]);
  const isEligible =
    organization?.newUserInvitations &&
    isDomainAllowed(email, organization) &&
    !(await findOverLimit(tx, [email], NOTIFICATION_LIMIT)).has(email);
  if (isEligible && (await markUnconfirmed(tx, id))) {
    await enqueueEmails(tx, [
      { id: randomUUID(), kind: "request-confirmation", to: email, organizationId, requestId: id },
    ]);
  } else {
    await tx.invitationRequest.updateMany({
      where: { id, status: "received" },
      data: { name: "", message: "" },
    });
  }
}

/**
 * Sets the request to unconfirmed if it is eligible. A concurrent join marks the row as stale, which prevents
 * it.
 */
async function markUnconfirmed(tx: Tx, id: string): Promise<boolean> {
  const updated = await tx.$executeRaw`
    UPDATE invitation_request r SET status = 'unconfirmed'
    WHERE r.id = ${id}::uuid AND r.status = 'received' AND NOT r.stale
      AND NOT EXISTS (
        SELECT FROM member m WHERE m.organization_id = r.organization_id AND m.email = r.email
          AND (m.status IN ('active', 'blocked') OR (m.status = 'invited' AND m.invited_until > clock_timestamp())))
      AND NOT EXISTS (
        SELECT FROM invitation_request other WHERE other.organization_id = r.organization_id AND other.email = r.email
          AND other.status IN ('unconfirmed', 'pending'))`;
  return updated === 1;
}
