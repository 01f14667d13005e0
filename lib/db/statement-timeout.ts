import { db, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";

/**
 * Timeouts of list queries (ms): of a search without filters, and of any other combination. Common queries
 * take 1 or 2.
 */
export const LIST_TIMEOUTS = { search: 100, combination: 1_000 };

/**
 * Runs `read` in a transaction whose statements have a timeout, for queries whose cost depends on their
 * parameters. Returns null if one was canceled by it. PostgreSQL plans each statement for its parameters.
 */
export async function withStatementTimeout<T>(
  milliseconds: number,
  read: (tx: Tx) => Promise<T>,
): Promise<T | null> {
  try {
    return await db().$transaction(async (tx) => {
      await tx.$executeRaw`
        SELECT set_config('statement_timeout', ${String(milliseconds)}, true),
               set_config('plan_cache_mode', 'force_custom_plan', true)`;
      return read(tx);
    });
  } catch (error) {
    if (isStatementTimeout(error)) return null;
    throw error;
  }
}

/** Counts the rows of a list query; null if that takes too long. */
export async function countWithTimeout(rows: Prisma.Sql): Promise<number | null> {
  const read = await withStatementTimeout(
    LIST_TIMEOUTS.combination,
    (tx) => tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${rows}) matching`,
  );
  return read?.[0]?.count ?? null;
}

/** Returns true for PostgreSQL's `query_canceled`, as Prisma wraps it. */
function isStatementTimeout(error: unknown): boolean {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode === "57014";
}
