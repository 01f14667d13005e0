import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "@/lib/postgres/migrate";

/**
 * A database for one test file alone, on the server of the run: for tests with workers, which would otherwise do the
 * jobs of every file that runs beside them. Call it before anything reads the settings; `drop` it after closing.
 */
export async function ownDatabase(): Promise<{ drop(): Promise<void> }> {
  const server = process.env.TEST_DATABASE_URL ?? "";
  const name = `foyer_own_${randomBytes(4).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(server);
  url.pathname = name;
  await migrate(url.href, "prisma/migrations");
  process.env.DATABASE_URL = url.href;
  return { drop: () => run(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
