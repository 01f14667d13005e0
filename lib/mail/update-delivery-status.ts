import type { Tx } from "@/lib/db/client";
import { COPY_EMAIL_STATUS } from "@/lib/db/copies";
import { lockMembersOfLatestEmails } from "@/lib/db/locks";
import type { DeliveryStatus } from "@/lib/mail/delivery-status";

/** The new status of an email; "queued" changes only the detail. */
export type DeliveryUpdate = { id: string; state: DeliveryStatus; detail?: string; providerId?: string };

/**
 * Updates the status of emails, and copies it to the invitations whose latest emails they are, and to their members. An
 * email that is no longer queued keeps its status, because a webhook event may have arrived first.
 */
export async function updateDeliveryStatus(tx: Tx, updates: DeliveryUpdate[]): Promise<void> {
  if (updates.length === 0) return;
  // The lock order: members by address, then their invitations. The rows are updated in a second statement, which sees
  // the latest email of each invitation as of when the locks were acquired.
  await lockMembersOfLatestEmails(
    tx,
    updates.map(({ id }) => id),
  );
  await tx.$executeRaw`
    WITH updates AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(updates)}::jsonb)
        AS t (id uuid, state text, detail text, "providerId" text)
    ), changed AS (
      UPDATE email_message e SET
        state = CASE WHEN e.state = 'queued' THEN u.state ELSE e.state END,
        detail = CASE WHEN e.state = 'queued' THEN u.detail ELSE e.detail END,
        state_at = CASE WHEN e.state = 'queued' AND (u.state, u.detail) IS DISTINCT FROM (e.state, e.detail)
          THEN clock_timestamp() ELSE e.state_at END,
        provider_id = coalesce(u."providerId", e.provider_id),
        -- An email with a result is no longer part of an attempt; its content stays.
        payload = CASE WHEN u.state = 'queued' THEN e.payload ELSE e.payload - 'attempt' END
      FROM updates u WHERE e.id = u.id
      RETURNING e.id, e.invitation_id, e.state, e.detail
    ), ${COPY_EMAIL_STATUS}`;
}
