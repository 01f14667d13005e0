import { db, type Tx } from "@/lib/db/client";

/** The longest wait for a slot in milliseconds. For a later slot the job is rescheduled instead. */
const MAX_WAIT = 2_000;

/**
 * Reserves the next slot to call the provider, shared by all processes: one call every `interval` milliseconds. `wait` is
 * the time until the slot in milliseconds. Without a reservation it is the time until the provider may be called again.
 */
export async function reserveSendSlot(interval: number): Promise<{ reserved: boolean; wait: number }> {
  if (interval === 0) return { reserved: true, wait: 0 };
  const slots = await db().$queryRaw<{ wait: number }[]>`
    INSERT INTO send_throttle AS t (id, next_send_at) VALUES (true, clock_timestamp() + make_interval(secs => ${interval / 1000}::float8))
    ON CONFLICT (id) DO UPDATE
      SET next_send_at = greatest(t.next_send_at, clock_timestamp()) + make_interval(secs => ${interval / 1000}::float8)
      WHERE t.next_send_at <= clock_timestamp() + make_interval(secs => ${MAX_WAIT / 1000}::float8)
    RETURNING (extract(epoch FROM next_send_at - clock_timestamp()) * 1000)::float8 - ${interval}::float8 AS wait`;
  if (slots[0]) return { reserved: true, wait: Math.max(0, slots[0].wait) };
  const paused = await db().$queryRaw<{ wait: number }[]>`
    SELECT (extract(epoch FROM next_send_at - clock_timestamp()) * 1000)::float8 AS wait FROM send_throttle`;
  return { reserved: false, wait: Math.max(0, paused[0]?.wait ?? 0) };
}

/** Returns the seconds until the next try after `tries` earlier ones: 1, 2, 4 … 60. */
export function backoffSeconds(tries = 0): number {
  return Math.min(60, 2 ** tries);
}

/** Stops all processes from calling the provider for this many seconds. */
export async function pauseSending(seconds: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO send_throttle AS t (id, next_send_at) VALUES (true, clock_timestamp() + make_interval(secs => ${seconds}::float8))
    ON CONFLICT (id) DO UPDATE SET next_send_at = greatest(t.next_send_at, excluded.next_send_at)`;
}

/**
 * Stores why the provider rejects every email, or null once it has accepted one. Call it last in a transaction, because
 * every process that sends emails locks this row.
 */
export async function setProviderError(tx: Tx, detail: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE send_throttle SET provider_error = ${detail}::text WHERE provider_error IS DISTINCT FROM ${detail}::text`;
}
