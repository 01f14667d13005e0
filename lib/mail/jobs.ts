import { db } from "@/lib/db/client";

const BATCH = 1_000;

/**
 * Forgets what a provider told of no letter we know, 30 days after it was heard, by the database's clock. It was kept to be
 * heard once; by then no provider tells it again.
 */
export async function forgetUnmatchedEvents(stopping?: AbortSignal): Promise<void> {
  let forgotten = BATCH;
  while (forgotten === BATCH && !stopping?.aborted)
    forgotten = await db().$executeRaw`
      DELETE FROM delivery_event WHERE id IN (
        SELECT id FROM delivery_event
        WHERE email_message_id IS NULL AND received_at < statement_timestamp() - interval '30 days'
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
}
