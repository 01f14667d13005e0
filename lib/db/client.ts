import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/config/env";
import { type Prisma, PrismaClient } from "@/lib/db/generated/client";
import { createStatementNamer } from "@/lib/db/statement-names";

/** A transaction, as commands receive it. */
export type Tx = Prisma.TransactionClient;

// One pool per process, even if a hot reload in development evaluates this module again.
const globalCache = globalThis as { foyerPool?: pg.Pool; foyerDb?: PrismaClient };

/** Returns Prisma's connection pool, which pg-boss and rate-limiter-flexible share. */
export function connectionPool(): pg.Pool {
  globalCache.foyerPool ??= createPool();
  return globalCache.foyerPool;
}

function createPool(): pg.Pool {
  const pool = new pg.Pool({ connectionString: env().databaseUrl, max: 20, connectionTimeoutMillis: 5_000 });
  // A broken idle connection (for example after a database restart) is replaced at its next use. Without a
  // listener the error would end the process.
  pool.on("error", () => {});
  return pool;
}

/** Returns the database client, created at first use so that the build needs no database. */
export function db(): PrismaClient {
  globalCache.foyerDb ??= new PrismaClient({
    adapter: new PrismaPg(connectionPool(), { statementNameGenerator: createStatementNamer() }),
  });
  return globalCache.foyerDb;
}

/**
 * Runs a callback in one transaction and returns its result. To refuse after a write, the callback throws
 * `rollback(refusal)`, and the refusal is the result. `timeout` is in milliseconds.
 */
export async function transaction<T>(callback: (tx: Tx) => Promise<T>, timeout = 15_000): Promise<T> {
  try {
    return await db().$transaction(callback, { maxWait: 5_000, timeout });
  } catch (error) {
    if (error instanceof Rollback) return error.result as T;
    throw error;
  }
}

class Rollback extends Error {
  constructor(readonly result: unknown) {
    super("rolled back");
  }
}

/** Returns the error to throw inside `transaction` to roll it back and return this result. */
export function rollback(result: unknown): Error {
  return new Rollback(result);
}

/** Closes all connections, at the end of a process or a test file. */
export async function closeDatabase(): Promise<void> {
  await globalCache.foyerDb?.$disconnect();
  await globalCache.foyerPool?.end();
  delete globalCache.foyerDb;
  delete globalCache.foyerPool;
}
