import { randomBytes } from "node:crypto";
import { appendFile, cp, mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { migrateDatabase, readMigrations } from "@/lib/postgres/migrate";

const DATA = "lib/postgres/upgrade";
const MIGRATIONS = "prisma/migrations";
/** The newest migration of version 0.1.0. */
const NEWEST = "20261127160000_delivery_on_users";

/** A row as PostgreSQL represents it in JSON. */
export type StoredRow = Record<string, unknown>;

export type OldDatabase = Awaited<ReturnType<typeof createOldDatabase>>;

/**
 * Creates a database in the state that version 0.1.0 leaves behind: its migrations, the rows of foyer-0.1.0.sql, and
 * its queues with their jobs.
 */
export async function createOldDatabase() {
  const name = `foyer_old_${randomBytes(4).toString("hex")}`;
  await runOnServer(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const address = new URL(process.env.TEST_DATABASE_URL ?? "");
  address.pathname = name;
  const url = address.href;
  const temporary = await mkdtemp(path.join(os.tmpdir(), "foyer-upgrade-"));
  const oldMigrations = await copyMigrations(path.join(temporary, "old"), (migration) => migration <= NEWEST);
  await migrateDatabase(url, oldMigrations);

  const client = new pg.Client({ connectionString: url, options: "-c TimeZone=UTC" });
  await client.connect();
  const sql = await readFile(path.join(DATA, "foyer-0.1.0.sql"), "utf8");
  await client.query(sql);
  await createQueueSchema(url);
  await client.query(await readFile(path.join(DATA, "foyer-0.1.0-queue.sql"), "utf8"));

  return {
    url,
    client,
    /** The folder with only the migrations of version 0.1.0. */
    oldMigrations,
    /** The settings and recorded values in the header of foyer-0.1.0.sql, by name. */
    recordedValues: readRecordedValues(sql),
    /** Applies the migrations that version 0.1.0 does not have; returns their names. */
    upgrade: () => migrateDatabase(url, MIGRATIONS),
    /** Copies all migrations and appends a statement to the newest one; returns the folder of the copy. */
    async appendToNewest(statement: string): Promise<string> {
      const folder = await copyMigrations(path.join(temporary, "appended"));
      const newest = (await readMigrations(folder)).at(-1)?.name ?? "";
      await appendFile(path.join(folder, newest, "migration.sql"), `\n${statement}\n`);
      return folder;
    },
    async drop(): Promise<void> {
      await client.end();
      await runOnServer(`DROP DATABASE ${name} WITH (FORCE)`);
      await rm(temporary, { recursive: true });
    },
  };
}

async function copyMigrations(to: string, isWanted: (name: string) => boolean = () => true): Promise<string> {
  for (const { name } of await readMigrations(MIGRATIONS))
    if (isWanted(name)) await cp(path.join(MIGRATIONS, name), path.join(to, name), { recursive: true });
  return to;
}

/** Creates the schema of pg-boss as pg-boss itself did when version 0.1.0 first started. */
async function createQueueSchema(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, supervise: false, schedule: false });
  await boss.start();
  await boss.stop({ graceful: false });
}

function readRecordedValues(sql: string): Record<string, string> {
  const lines = sql.matchAll(/^-- {3}(\w+)=(.*)$/gm);
  return Object.fromEntries([...lines].map(([, name = "", value = ""]) => [name, value]));
}

/** Returns every row of every table by table name, ordered by primary key. */
export async function readAllRows(client: pg.Client): Promise<Record<string, StoredRow[]>> {
  const { rows: tables } = await client.query<{ name: string; key: string }>(`
    SELECT c.relname AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY array_position(i.indkey::int[], a.attnum)) AS key
    FROM pg_class c JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY (i.indkey::int[])
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
    GROUP BY c.relname ORDER BY 1`);
  const all: Record<string, StoredRow[]> = {};
  for (const { name, key } of tables) {
    const { rows } = await client.query<{ row: StoredRow }>(
      `SELECT to_jsonb(t) AS row FROM "${name}" t ORDER BY ${key}`,
    );
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

/** Returns the definition of every column, constraint, index, trigger and function of the schema. */
export async function describeSchema(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(`
    SELECT format('%s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default,
                  generation_expression) AS definition
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT pg_get_functiondef(p.oid) FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    ORDER BY 1`);
  return rows.map(({ definition }) => definition);
}

async function runOnServer(sql: string): Promise<void> {
  const client = new pg.Client(process.env.TEST_DATABASE_URL);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
