import { db } from "@/lib/db/client";
import { SKIP_LOCKED } from "@/lib/db/locks";

/** Rows per statement, so that none holds locks for long. */
const BATCH_SIZE = 1_000;

/**
 * Deletes sessions that expired (8 hours idle or 7 days old) at least 30 days ago, by the database's clock. Sessions that
 * a user ended are deleted immediately.
 */
export async function purgeExpiredSessions(signal?: AbortSignal): Promise<void> {
  let deleted = BATCH_SIZE;
  while (deleted === BATCH_SIZE && !signal?.aborted)
    deleted = await db().$executeRaw`
      DELETE FROM session WHERE id IN (
        SELECT id FROM session
        WHERE least(ends_at, seen_at + interval '8 hours') < statement_timestamp() - interval '30 days'
        LIMIT ${BATCH_SIZE} ${SKIP_LOCKED})`;
}
