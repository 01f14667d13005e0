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
 * Applies the pending migrations of `folder` (prisma/migrations), each in a transaction, all under one lock,
 * so that processes starting at the same time apply them once. Returns the names of the applied ones. Throws
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
    for (const migration of pending) await applyMigration(client, migration);
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
      `The database holds tables that are not Foyer's (for example "${schema.first_table}"). ` +
        "Make an empty database for Foyer and name that one in DATABASE_URL.",
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
          "and start again. Restoring the backup from before it does the same.",
      );
    const migration = byName.get(name);
    if (!migration)
      throw new ExpectedError(
        `The database knows the migration ${name}, which this copy of Foyer does not have: it was used by a newer one. ` +
          "Update this copy, or name another database in DATABASE_URL.",
      );
    if (migration.checksum !== row.checksum)
      throw new ExpectedError(
        `The migration ${name} was edited after it had been applied. Put the file back ` +
          `(git checkout -- prisma/migrations/${name}) and write the change as a new migration: npm run migration -- <name>.`,
      );
  }
}

async function applyMigration(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query("BEGIN");
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw new ExpectedError(`Migration ${name} failed and was rolled back: ${reason}`);
  }
}
