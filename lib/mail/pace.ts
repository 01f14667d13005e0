import { db, type Tx } from "@/lib/db/client";

/** A turn this near is waited for; one further away is a reason to come back later. */
const NEAR = 2_000;

/**
 * Takes the next turn at the provider, for all processes together: at most one call every `gap` milliseconds. Answers
 * how many milliseconds to wait for it, or that the provider is not to be called for so long (nothing is taken then).
 */
export async function takeTurn(gap: number): Promise<{ mine: boolean; wait: number }> {
  if (gap === 0) return { mine: true, wait: 0 };
  const taken = await db().$queryRaw<{ wait: number }[]>`
    INSERT INTO send_throttle AS p (id, next_send_at) VALUES (true, clock_timestamp() + make_interval(secs => ${gap / 1000}::float8))
    ON CONFLICT (id) DO UPDATE
      SET next_send_at = greatest(p.next_send_at, clock_timestamp()) + make_interval(secs => ${gap / 1000}::float8)
      WHERE p.next_send_at <= clock_timestamp() + make_interval(secs => ${NEAR / 1000}::float8)
    RETURNING (extract(epoch FROM next_send_at - clock_timestamp()) * 1000)::float8 - ${gap}::float8 AS wait`;
  if (taken[0]) return { mine: true, wait: Math.max(0, taken[0].wait) };
  const held = await db().$queryRaw<{ wait: number }[]>`
    SELECT (extract(epoch FROM next_send_at - clock_timestamp()) * 1000)::float8 AS wait FROM send_throttle`;
  return { mine: false, wait: Math.max(0, held[0]?.wait ?? 0) };
}

/** In how many seconds to try once more where nobody said when, after so many tries before: 1, 2, 4 … 60. */
export function nextTry(tries = 0): number {
  return Math.min(60, 2 ** tries);
}

/** The provider asked to wait: no process calls it for so many seconds. */
export async function hold(seconds: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO send_throttle AS p (id, next_send_at) VALUES (true, clock_timestamp() + make_interval(secs => ${seconds}::float8))
    ON CONFLICT (id) DO UPDATE SET next_send_at = greatest(p.next_send_at, excluded.next_send_at)`;
}

/**
 * Notes whether the provider refuses everything, and why, as its latest answer to any process was: null, once it has taken a
 * letter. Written last in a transaction: everybody who sends passes this row.
 */
export async function noteRefusal(tx: Tx, detail: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE send_throttle SET provider_error = ${detail}::text WHERE provider_error IS DISTINCT FROM ${detail}::text`;
}
