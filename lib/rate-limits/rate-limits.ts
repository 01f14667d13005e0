import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { connectionPool } from "@/lib/db/client";

/** The rate limits: attempts per seconds, counted in the database for all processes together. */
const LIMITS = {
  "sign-in-address": { points: 10, duration: 15 * 60 },
  "sign-in-account": { points: 10, duration: 15 * 60 },
  "failed-code": { points: 10, duration: 60 },
  "failed-code-overall": { points: 600, duration: 60 },
  "request-address": { points: 3, duration: 60 * 60 },
  "request-email": { points: 1, duration: 24 * 60 * 60 },
  "setup-token": { points: 10, duration: 60 },
  "link-client": { points: 10, duration: 60 * 60 },
  // As long as an emailed link is valid: a limited user still has an email whose link works (decision 0023).
  "link-account": { points: 3, duration: 24 * 60 * 60 },
} as const;

export type RateLimitName = keyof typeof LIMITS;

const limiters = new Map<RateLimitName, RateLimiterPostgres>();

function getLimiter(limit: RateLimitName): RateLimiterPostgres {
  const existing = limiters.get(limit);
  if (existing) return existing;
  const limiter = new RateLimiterPostgres({
    storeClient: connectionPool(),
    tableName: "rate_limit",
    tableCreated: true,
    keyPrefix: limit,
    ...LIMITS[limit],
  });
  limiters.set(limit, limiter);
  return limiter;
}

/** Counts one attempt. Returns null if allowed, otherwise the seconds until the next attempt is allowed. */
export async function consumeRateLimit(limit: RateLimitName, key: string): Promise<number | null> {
  try {
    await getLimiter(limit).consume(key);
    return null;
  } catch (error) {
    // Any other error means that the attempt could not be counted: fail closed.
    if (error instanceof RateLimiterRes) return Math.ceil(error.msBeforeNext / 1000);
    throw error;
  }
}

/**
 * Returns the seconds until the key's next attempt is allowed, without counting one; null if it is allowed
 * now.
 */
export async function retryAfter(limit: RateLimitName, key: string): Promise<number | null> {
  const state = await getLimiter(limit).get(key);
  const isExhausted = state !== null && state.consumedPoints >= LIMITS[limit].points;
  return isExhausted ? Math.ceil(state.msBeforeNext / 1000) : null;
}

/** Refunds one attempt: it succeeded, and only failures count. */
export async function refundRateLimit(limit: RateLimitName, key: string): Promise<void> {
  await getLimiter(limit).reward(key);
}
