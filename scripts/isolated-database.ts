import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrateDatabase } from "@/lib/postgres/migrate";

/**
 * Creates a database for a single test file, on the server of the test run: for tests with workers, which
 * would otherwise run the jobs of other test files. Call it before the configuration is read, and `drop` it
 * after closing all connections.
 */
export async function createIsolatedDatabase(): Promise<{ drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL ?? "";
  const name = `foyer_isolated_${randomBytes(4).toString("hex")}`;
  await runStatement(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = name;
  await migrateDatabase(url.href, "prisma/migrations");
  process.env.DATABASE_URL = url.href;
  return { drop: () => runStatement(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function runStatement(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
