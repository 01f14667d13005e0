import type { Tx } from "@/lib/db/client";
import type { LetterState } from "@/lib/mail/states";

/** News about a letter; `queued` changes only the detail. */
export type News = { id: string; state: LetterState; detail?: string; providerId?: string };

/**
 * Writes what became of letters, and onto the invitations whose latest letters they are, and their members. A letter that has moved on
 * already (the provider's webhook may be faster than our own note) keeps its state.
 */
export async function record(tx: Tx, news: News[]): Promise<void> {
  if (news.length === 0) return;
  // The one lock order of the house: members by address, then their invitations. Written in the next statement, so
  // that it sees which letter is the latest once nobody can change it.
  await tx.$queryRaw`
    SELECT m.id FROM email_message l
    JOIN invitation i ON i.id = l.invitation_id
    JOIN member m ON m.id = i.member_id
    WHERE l.id = ANY(${news.map(({ id }) => id)}::uuid[]) AND i.email_message_id = l.id
    ORDER BY m.organization_id, m.email
    FOR NO KEY UPDATE OF m`;
  await tx.$executeRaw`
    WITH news AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(news)}::jsonb)
        AS t (id uuid, state text, detail text, "providerId" text)
    ), moved AS (
      UPDATE email_message l SET
        state = CASE WHEN l.state = 'queued' THEN n.state ELSE l.state END,
        detail = CASE WHEN l.state = 'queued' THEN n.detail ELSE l.detail END,
        state_at = CASE WHEN l.state = 'queued' AND (n.state, n.detail) IS DISTINCT FROM (l.state, l.detail)
          THEN clock_timestamp() ELSE l.state_at END,
        provider_id = coalesce(n."providerId", l.provider_id),
        -- An answered letter is no longer part of any attempt; its words stay.
        payload = CASE WHEN n.state = 'queued' THEN l.payload ELSE l.payload - 'attempt' END
      FROM news n WHERE l.id = n.id
      RETURNING l.id, l.invitation_id, l.state, l.detail
    ), i AS (
      -- By the invitation's own key: its email_message_id has no index.
      UPDATE invitation i SET delivery = moved.state, delivery_detail = moved.detail
      FROM moved WHERE i.id = moved.invitation_id AND i.email_message_id = moved.id
      RETURNING i.id, i.member_id, i.delivery, i.delivery_detail
    )
    UPDATE member m SET delivery = i.delivery, delivery_detail = i.delivery_detail
    FROM i WHERE m.id = i.member_id AND m.invitation_id = i.id`;
}
