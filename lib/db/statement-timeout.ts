import { db, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/** Milliseconds that a search by itself may take in a list, and any combination. What is asked for most takes one or two. */
export const LIST_LIMITS = { search: 100, combination: 1_000 };

/**
 * Reads with so many milliseconds for each statement, and answers null when they ran out: for questions whose cost
 * depends on what is asked. PostgreSQL itself stops them, and plans each for what is asked.
 */
export async function withinTime<T>(milliseconds: number, read: (tx: Tx) => Promise<T>): Promise<T | null> {
  try {
    return await db().$transaction(async (tx) => {
      await tx.$executeRaw`
        SELECT set_config('statement_timeout', ${String(milliseconds)}, true),
               set_config('plan_cache_mode', 'force_custom_plan', true)`;
      return read(tx);
    });
  } catch (error) {
    if (isOutOfTime(error)) return null;
    throw error;
  }
}

/** How many rows a query of a list has; null where counting them takes too long. */
export async function countWithinTime(rows: Prisma.Sql): Promise<number | null> {
  const read = await withinTime(
    LIST_LIMITS.combination,
    (tx) => tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${rows}) matching`,
  );
  return read?.[0]?.count ?? null;
}

/** PostgreSQL's `query_canceled`, as Prisma wraps it. */
function isOutOfTime(error: unknown): boolean {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode === "57014";
}
