import { type Tx, transaction } from "@/lib/db/client";
import { lockMembersOfRevokedEmails, lockOpenBatch } from "@/lib/db/locks";
import { logBug } from "@/lib/log/log";
import { createContentRenderer, type EmailContent } from "@/lib/mail/email-content";
import { findQueuedEmails, secretSourceOf, skipReason, toEmailContext } from "@/lib/mail/queued-emails";
import { insertSecrets, type SecretSource, toSecretSource } from "@/lib/mail/secrets";
import type { OutgoingEmail } from "@/lib/mail/transports/transport";
import { type DeliveryUpdate, updateDeliveryStatus } from "@/lib/mail/update-delivery-status";

/** The emails of one attempt to send a batch. Retries reuse the stored payloads byte for byte. */
export type Attempt = {
  number: number;
  emails: OutgoingEmail[];
  /** True if an earlier call may already have sent these emails and its result is unknown. */
  isRepeated: boolean;
};

/**
 * Returns the emails that a batch must send now, or null if there are none left. The first attempt under an idempotency
 * key decides which emails it includes and stores their content before the provider is called. After a crash or a call
 * without a response the same content is returned again.
 */
export function prepareBatch(batchId: string): Promise<Attempt | null> {
  return transaction(async (tx) => {
    const batch = await lockOpenBatch(tx, batchId);
    if (!batch) return null;
    if (batch.keyExpired) await markUncertain(tx, batchId);
    else if (!batch.called) await renderBatch(tx, batchId, batch.attempt);
    const emails = await findRenderedEmails(tx, batchId, batch.attempt);
    if (emails.length > 0) return { number: batch.attempt, emails, isRepeated: batch.called };
    await closeBatchIfDone(tx, batchId);
    return null;
  });
}

/** Closes the batch and returns true, unless one of its emails is still queued. */
export async function closeBatchIfDone(tx: Tx, batchId: string): Promise<boolean> {
  const closed = await tx.$executeRaw`
    UPDATE email_batch SET closed_at = clock_timestamp()
    WHERE id = ${batchId}::uuid
      AND NOT EXISTS (SELECT FROM email_message WHERE batch_id = ${batchId}::uuid AND state = 'queued')`;
  return closed > 0;
}

/**
 * Marks the queued emails as "unknown". The provider no longer remembers the idempotency key, so a retry could send them
 * twice; a person decides whether to resend (S-MAIL-2).
 */
async function markUncertain(tx: Tx, batchId: string): Promise<void> {
  const queued = await tx.emailMessage.findMany({
    where: { batchId, state: "queued" },
    select: { id: true },
  });
  const detail = "no confirmation from the email provider for 24 hours; resend it if it didn't arrive";
  await updateDeliveryStatus(
    tx,
    queued.map(({ id }) => ({ id, state: "unknown", detail })),
  );
  await tx.$executeRaw`UPDATE email_message SET payload = payload - 'attempt' WHERE batch_id = ${batchId}::uuid`;
}

/** Renders the queued emails that may be sent, stores their content, and updates the status of the others. */
async function renderBatch(tx: Tx, batchId: string, attempt: number): Promise<void> {
  const render = createContentRenderer();
  const payloads: { id: string; payload: StoredPayload }[] = [];
  const updates: DeliveryUpdate[] = [];
  // Until the status of these emails is written, an undo (REQ-C6) waits: it runs either before, and the email is sent, or
  // after, and enqueues it again. Without the lock it could find an email that is still queued but is never sent.
  const lockedRevoked = await lockMembersOfRevokedEmails(tx, batchId);
  for (const email of await findQueuedEmails(tx, batchId)) {
    // If it has been revoked since, it is still sent, as if the revocation had come after the provider's call.
    const justRevoked = email.settledAs === "revoked" && !lockedRevoked.has(email.id);
    const skipped = justRevoked ? null : skipReason(email);
    if (skipped) {
      updates.push({ id: email.id, ...skipped });
      // The mailbox shows the content of kept emails.
      if (skipped.state !== "kept") continue;
    }
    try {
      // A key that is missing from the key ring must fail only this email, not the call for the whole batch.
      insertSecrets("", secretSourceOf(email));
      const content = await render(toEmailContext(email));
      payloads.push({
        id: email.id,
        payload: { ...content, tag: "email_message", attempt: skipped ? null : attempt },
      });
    } catch (error) {
      const errorId = logBug(error, { email: email.id });
      updates.push({
        id: email.id,
        state: "failed",
        detail: `the email couldn't be created (code ${errorId} in the log)`,
      });
    }
  }
  await updateDeliveryStatus(tx, updates);
  await tx.$executeRaw`
    WITH rendered AS (
      UPDATE email_message e SET payload = p.payload
      FROM jsonb_to_recordset(${JSON.stringify(payloads)}::jsonb) AS p (id uuid, payload jsonb) WHERE e.id = p.id)
    UPDATE email_batch SET called_at = clock_timestamp() WHERE id = ${batchId}::uuid`;
}

/**
 * Version 0.1.0 stored no tag and sent `letter`, and stored and sent no headers. Its emails keep that, because retries
 * repeat the same bytes.
 */
type StoredPayload = Omit<EmailContent, "headers"> & {
  headers?: EmailContent["headers"];
  tag?: string;
  attempt: number | null;
};

type RenderedRow = Pick<OutgoingEmail, "id" | "to"> & { payload: StoredPayload } & {
  [Source in keyof SecretSource]-?: NonNullable<SecretSource[Source]> | null;
};

async function findRenderedEmails(tx: Tx, batchId: string, attempt: number): Promise<OutgoingEmail[]> {
  const rows = await tx.$queryRaw<RenderedRow[]>`
    SELECT e.id, e.to_address AS "to", e.payload,
      CASE WHEN i.id IS NOT NULL THEN jsonb_build_object('id', i.id, 'keyId', i.key_id) END AS invitation,
      CASE WHEN link.id IS NOT NULL
        THEN jsonb_build_object('id', link.id, 'keyId', link.key_id, 'purpose', link.purpose) END AS "accountLink",
      CASE WHEN r.id IS NOT NULL THEN jsonb_build_object('id', r.id, 'keyId', r.key_id) END AS request
    FROM email_message e
    LEFT JOIN invitation i ON i.id = e.invitation_id
    LEFT JOIN account_link link ON link.id = e.account_link_id
    LEFT JOIN invitation_request r ON r.id = e.request_id
    WHERE e.batch_id = ${batchId}::uuid AND e.payload->'attempt' = to_jsonb(${attempt}::int)
    ORDER BY e.position`;
  return rows.map(({ id, to, payload, invitation, accountLink, request }) => {
    const source = toSecretSource(invitation, accountLink, request);
    const { from, replyTo, subject, html, text, headers, tag = "letter" } = payload;
    return {
      id,
      to,
      from,
      replyTo,
      subject,
      html: insertSecrets(html, source),
      text: insertSecrets(text, source),
      headers,
      tag,
    };
  });
}
