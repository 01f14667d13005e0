import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/config/env";
import { type Prisma, PrismaClient } from "@/lib/db/generated/client";
import { statementNames } from "@/lib/db/statement-names";

/** A transaction as commands receive it. */
export type Tx = Prisma.TransactionClient;

// One pool a process, also over hot reloads in development, where this module is evaluated again and again.
const kept = globalThis as { foyerPool?: pg.Pool; foyerDb?: PrismaClient };

/** The pool of connections below Prisma, for the two libraries that speak to PostgreSQL themselves. */
export function pool(): pg.Pool {
  kept.foyerPool ??= newPool();
  return kept.foyerPool;
}

function newPool(): pg.Pool {
  const made = new pg.Pool({ connectionString: env().databaseUrl, max: 20, connectionTimeoutMillis: 5_000 });
  // An idle connection that breaks (the database restarts) is replaced at its next use; without a listener it would end the process.
  made.on("error", () => {});
  return made;
}

/** The database, made at first use so that building the application needs none. */
export function db(): PrismaClient {
  kept.foyerDb ??= new PrismaClient({
    adapter: new PrismaPg(pool(), { statementNameGenerator: statementNames() }),
  });
  return kept.foyerDb;
}

/**
 * Runs `work` in one transaction: all of it or nothing. Everything that decides and writes goes through here. Work
 * that has written and must refuse after all throws `undo(refusal)`; the refusal is then the answer. `timeout` is in
 * milliseconds.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>, timeout = 15_000): Promise<T> {
  try {
    return await db().$transaction(work, { maxWait: 5_000, timeout });
  } catch (error) {
    if (error instanceof Undo) return error.answer as T;
    throw error;
  }
}

class Undo extends Error {
  constructor(readonly answer: unknown) {
    super("undone");
  }
}

/** What to throw inside `transaction` to take everything back and answer this. */
export function undo(answer: unknown): Error {
  return new Undo(answer);
}

/** Closes all connections, at the end of the process or of a test file. */
export async function closeDatabase(): Promise<void> {
  await kept.foyerDb?.$disconnect();
  await kept.foyerPool?.end();
  delete kept.foyerDb;
  delete kept.foyerPool;
}
