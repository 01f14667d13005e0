import type { Tx } from "@/lib/db/client";
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
  // the latest email of each invitation as it is after the locks were acquired.
  await tx.$queryRaw`
    SELECT m.id FROM email_message e
    JOIN invitation i ON i.id = e.invitation_id
    JOIN member m ON m.id = i.member_id
    WHERE e.id = ANY(${updates.map(({ id }) => id)}::uuid[]) AND i.email_message_id = e.id
    ORDER BY m.organization_id, m.email
    FOR NO KEY UPDATE OF m`;
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
    ), updated_invitation AS (
      -- By the invitation's own key: its email_message_id has no index.
      UPDATE invitation i SET delivery = changed.state, delivery_detail = changed.detail
      FROM changed WHERE i.id = changed.invitation_id AND i.email_message_id = changed.id
      RETURNING i.id, i.member_id, i.delivery, i.delivery_detail
    )
    UPDATE member m SET delivery = i.delivery, delivery_detail = i.delivery_detail
    FROM updated_invitation i WHERE m.id = i.member_id AND m.invitation_id = i.id`;
}
