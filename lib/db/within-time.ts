import { db, type Tx } from "@/lib/db/client";

/**
 * Reads with so many milliseconds for each statement, and answers null when they ran out: for questions whose cost
 * depends on what is asked. PostgreSQL itself stops them.
 */
export async function withinTime<T>(milliseconds: number, read: (tx: Tx) => Promise<T>): Promise<T | null> {
  try {
    return await db().$transaction(async (tx) => {
      await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(milliseconds)}, true)`;
      return read(tx);
    });
  } catch (error) {
    if (isOutOfTime(error)) return null;
    throw error;
  }
}

/** PostgreSQL's `query_canceled`, as Prisma wraps it. */
function isOutOfTime(error: unknown): boolean {
  const { meta } = error as { meta?: { driverAdapterError?: { cause?: { originalCode?: string } } } };
  return meta?.driverAdapterError?.cause?.originalCode === "57014";
}
