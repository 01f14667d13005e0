import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { pool } from "@/lib/db/client";

/** How often something may be tried; counted in the database, so for all processes together (security, Public pages). */
const LIMITS = {
  "sign-in-address": { points: 10, duration: 15 * 60 },
  "sign-in-account": { points: 10, duration: 15 * 60 },
  "failed-code": { points: 10, duration: 60 },
  "failed-code-overall": { points: 600, duration: 60 },
  "request-address": { points: 3, duration: 60 * 60 },
  "request-email": { points: 1, duration: 24 * 60 * 60 },
  "setup-token": { points: 10, duration: 60 },
  "link-client": { points: 10, duration: 60 * 60 },
  // A mailed link lives as long: whoever is paused has a letter that still opens (decision 0023).
  "link-account": { points: 3, duration: 24 * 60 * 60 },
} as const;

export type Limit = keyof typeof LIMITS;

const limiters = new Map<Limit, RateLimiterPostgres>();

function limiterOf(limit: Limit): RateLimiterPostgres {
  const known = limiters.get(limit);
  if (known) return known;
  const made = new RateLimiterPostgres({
    storeClient: pool(),
    tableName: "rate_limit",
    tableCreated: true,
    keyPrefix: limit,
    ...LIMITS[limit],
  });
  limiters.set(limit, made);
  return made;
}

/** Counts one try. Answers null, or in how many seconds to come back. */
export async function countTry(limit: Limit, key: string): Promise<number | null> {
  try {
    await limiterOf(limit).consume(key);
    return null;
  } catch (refusal) {
    // Anything but the library's own answer means the counter itself is broken: fail closed, as a bug.
    if (refusal instanceof RateLimiterRes) return Math.ceil(refusal.msBeforeNext / 1000);
    throw refusal;
  }
}

/** In how many seconds this key may try again, without counting; null: now. */
export async function waitFor(limit: Limit, key: string): Promise<number | null> {
  const state = await limiterOf(limit).get(key);
  const spent = state !== null && state.consumedPoints >= LIMITS[limit].points;
  return spent ? Math.ceil(state.msBeforeNext / 1000) : null;
}

/** Gives one try back: it succeeded, and only failures count. */
export async function giveBack(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).reward(key);
}

/** "3 hours", "12 minutes", "40 seconds": when to come back, for a sentence. */
export function inTime(seconds: number): string {
  const [count, unit] =
    seconds > 90 * 60
      ? [Math.ceil(seconds / 3600), "hour"]
      : seconds > 90
        ? [Math.ceil(seconds / 60), "minute"]
        : [Math.max(1, seconds), "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
