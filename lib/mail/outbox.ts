import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { enqueueJobs } from "@/lib/jobs/queue";
import type { EmailKind } from "@/lib/mail/delivery-status";

/** An email to be sent. Its content is rendered when it is sent, from the rows that the ids refer to. */
export type NewEmail = {
  /** Chosen by the caller, so that other rows can refer to the email. */
  id: string;
  kind: EmailKind;
  to: string;
  organizationId?: string;
  invitationId?: string;
  accountLinkId?: string;
  requestId?: string;
  /** The member who caused it; counts toward that member's daily limit. */
  causedBy?: string;
};

/** The maximum number of emails in one call to a provider. */
const BATCH_SIZE = 100;

/**
 * Enqueues emails in the caller's transaction; they are sent only if it commits. Executes two statements for any number
 * of emails. Every 100 emails form a batch, in the order given.
 */
export async function enqueueEmails(tx: Tx, emails: NewEmail[]): Promise<void> {
  if (emails.length === 0) return;
  const batches = Array.from({ length: Math.ceil(emails.length / BATCH_SIZE) }, () => randomUUID());
  const rows = emails.map((email, index) => ({
    id: email.id,
    batch_id: batches[Math.floor(index / BATCH_SIZE)],
    position: index % BATCH_SIZE,
    organization_id: email.organizationId,
    kind: email.kind,
    invitation_id: email.invitationId,
    request_id: email.requestId,
    account_link_id: email.accountLinkId,
    to_address: email.to,
    caused_by: email.causedBy,
  }));
  await tx.$executeRaw`
    WITH batches AS (INSERT INTO email_batch (id) SELECT unnest(${batches}::uuid[]))
    INSERT INTO email_message (id, batch_id, position, organization_id, kind, invitation_id, request_id, account_link_id, to_address, caused_by)
    SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS e (id uuid, batch_id uuid, position smallint,
      organization_id uuid, kind text, invitation_id uuid, request_id uuid, account_link_id uuid, to_address text, caused_by uuid)`;
  await enqueueJobs(
    tx,
    "emails",
    batches.map((batch) => ({ batch })),
  );
}
