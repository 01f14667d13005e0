import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { ExpectedError } from "@/lib/config/expected-error";

export type Migration = { name: string; sql: string; checksum: string };

type AppliedMigration = {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  started_at: Date;
};

/** The advisory lock that `prisma migrate deploy` takes too, so that the two never run at the same time. */
const ADVISORY_LOCK_KEY = 72707369;

/** The table as Prisma creates it, so that Prisma's own command works on the same database. */
const CREATE_MIGRATIONS_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Applies the pending migrations of `folder` (prisma/migrations) in one transaction, so that a failed upgrade changes
 * nothing, under a lock, so that processes starting at the same time apply them once. Returns the names of the applied ones. Throws
 * an ExpectedError if a migration was edited, did not finish or is from a newer Foyer, or if the database has
 * tables of another application.
 */
export async function migrateDatabase(url: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [ADVISORY_LOCK_KEY]);
    await ensureMigrationsTable(client);
    const { rows } = await client.query<AppliedMigration>(
      "SELECT migration_name, checksum, finished_at, started_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
    );
    assertConsistent(migrations, rows);
    const known = new Set(rows.map((row) => row.migration_name));
    const pending = migrations.filter((migration) => !known.has(migration.name));
    await applyMigrations(client, pending);
    return pending.map((migration) => migration.name);
  } finally {
    // Closing the connection releases the lock in every case.
    await client.end();
  }
}

/**
 * Returns the migrations of a folder in the order of their names, with the checksums that Prisma would store.
 */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function ensureMigrationsTable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ has_history: boolean; first_table: string | null }>(
    `SELECT bool_or(tablename = '_prisma_migrations') IS TRUE AS has_history, min(tablename) AS first_table
     FROM pg_tables WHERE schemaname = current_schema()`,
  );
  const [schema] = rows;
  if (schema?.has_history) return;
  if (schema?.first_table)
    throw new ExpectedError(
      `The database contains tables of another application, such as ${schema.first_table}. Use an empty database.`,
    );
  await client.query(CREATE_MIGRATIONS_TABLE);
}

function assertConsistent(migrations: Migration[], applied: AppliedMigration[]): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const name = row.migration_name;
    if (!row.finished_at)
      throw new ExpectedError(
        `Migration ${name} started at ${row.started_at.toISOString()} and did not finish. Undo its changes, then run:\n` +
          `  UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL;\n` +
          "and start Foyer again. Or restore the backup from before the migration.",
      );
    const migration = byName.get(name);
    if (!migration)
      throw new ExpectedError(`The database has migration ${name} from a newer Foyer. Update Foyer.`);
    if (migration.checksum !== row.checksum)
      throw new ExpectedError(
        `Migration ${name} was edited after it was applied. Restore the file: git checkout -- prisma/migrations/${name}\n` +
          "To change the database, create a new migration: npm run migration -- <name>",
      );
  }
}

async function applyMigrations(client: pg.Client, pending: readonly Migration[]): Promise<void> {
  await client.query("BEGIN");
  for (const { name, sql, checksum } of pending) {
    try {
      await client.query(sql);
      await client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, clock_timestamp(), clock_timestamp(), 1)`,
        [randomUUID(), checksum, name],
      );
    } catch (error) {
      await client.query("ROLLBACK").catch(() => undefined);
      const reason = error instanceof Error ? error.message : String(error);
      throw new ExpectedError(`Migration ${name} failed and was rolled back: ${reason}`);
    }
  }
  await client.query("COMMIT");
}
