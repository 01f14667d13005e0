import { db } from "@/lib/db/client";

/** One statement takes so many, so that none holds locks for long. */
const BATCH = 1_000;

/**
 * Forgets sessions that ended by themselves 30 days ago or longer, by the database's clock: eight hours unseen, or seven days
 * old. Those that somebody ended are gone at once.
 */
export async function forgetSessions(stopping?: AbortSignal): Promise<void> {
  let forgotten = BATCH;
  while (forgotten === BATCH && !stopping?.aborted)
    forgotten = await db().$executeRaw`
      DELETE FROM session WHERE id IN (
        SELECT id FROM session
        WHERE least(ends_at, seen_at + interval '8 hours') < statement_timestamp() - interval '30 days'
        LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)`;
}
