import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { ExpectedError } from "@/lib/config/expected-error";

export type Migration = { name: string; sql: string; checksum: string };

type Applied = { migration_name: string; checksum: string; finished_at: Date | null; started_at: Date };

/** The lock that `prisma migrate deploy` takes: whoever of the two comes second waits. */
const LOCK = 72707369;

/** The table as Prisma makes it, so that its own command works on the same database. */
const TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
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
 * Brings the database to the state of `folder` (prisma/migrations): each file in one transaction, all under
 * one lock, so that two processes starting at once do it once. Answers the names it applied.
 * Refuses, with what to do, a migration that was edited, half applied or made by a newer Foyer, and a
 * database in which somebody else's tables lie.
 */
export async function migrate(url: string, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await provideTable(client);
    const { rows } = await client.query<Applied>(
      "SELECT migration_name, checksum, finished_at, started_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
    );
    refuseDisagreement(migrations, rows);
    const known = new Set(rows.map((row) => row.migration_name));
    const open = migrations.filter((migration) => !known.has(migration.name));
    for (const migration of open) await apply(client, migration);
    return open.map((migration) => migration.name);
  } finally {
    // Ending the connection gives the lock back, whatever happened.
    await client.end();
  }
}

/** The migrations of a folder in the order of their names, with the checksums that Prisma would note. */
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

async function provideTable(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ ours: boolean; foreign: string | null }>(
    `SELECT bool_or(tablename = '_prisma_migrations') IS TRUE AS ours, min(tablename) AS foreign
     FROM pg_tables WHERE schemaname = current_schema()`,
  );
  const [found] = rows;
  if (found?.ours) return;
  if (found?.foreign)
    throw new ExpectedError(
      `The database holds tables that are not Foyer's (for example "${found.foreign}"). ` +
        "Make an empty database for Foyer and name that one in DATABASE_URL.",
    );
  await client.query(TABLE);
}

function refuseDisagreement(migrations: Migration[], applied: Applied[]): void {
  const byName = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of applied) {
    const name = row.migration_name;
    if (!row.finished_at)
      throw new ExpectedError(
        `The migration ${name} was begun at ${row.started_at.toISOString()} and never finished. Look at what of its ` +
          `migration.sql is in the database and take it back, then run there:\n` +
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

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
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
    throw new ExpectedError(
      `The migration ${name} failed and was taken back whole, nothing is half done: ${reason}`,
    );
  }
}
