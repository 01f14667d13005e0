import { db } from "@/lib/db/client";
import { SKIP_LOCKED } from "@/lib/db/locks";

const BATCH_SIZE = 1_000;

/**
 * Deletes events about unknown emails 30 days after they were received, by the database's clock. They are stored to
 * detect repetitions, and no provider repeats an event that late.
 */
export async function deleteUnmatchedEvents(stopping?: AbortSignal): Promise<void> {
  let deleted = BATCH_SIZE;
  while (deleted === BATCH_SIZE && !stopping?.aborted)
    deleted = await db().$executeRaw`
      DELETE FROM delivery_event WHERE id IN (
        SELECT id FROM delivery_event
        WHERE email_message_id IS NULL AND received_at < statement_timestamp() - interval '30 days'
        LIMIT ${BATCH_SIZE} ${SKIP_LOCKED})`;
}
