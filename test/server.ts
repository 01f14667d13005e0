import { randomBytes } from "node:crypto";
import pg from "pg";
import { startScratchDatabase } from "../scripts/scratch-database";

/**
 * Returns an empty database for a test run: on a temporary embedded PostgreSQL, or on the server of
 * TEST_SERVER_URL (to test with PostgreSQL 15). `stop` removes it.
 */
export async function startTestServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const serverUrl = process.env.TEST_SERVER_URL;
  if (!serverUrl) return startScratchDatabase();
  const name = `foyer_test_${randomBytes(4).toString("hex")}`;
  await runStatement(serverUrl, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { url: url.href, stop: () => runStatement(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function runStatement(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
