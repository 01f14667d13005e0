import { randomBytes } from "node:crypto";
import pg from "pg";
import { scratchDatabase } from "./scratch-database";

/**
 * An empty database for one run: on a fresh PostgreSQL of our own, or on the server that TEST_SERVER_URL names (to try
 * PostgreSQL 15). `stop` leaves nothing behind.
 */
export async function testServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_SERVER_URL;
  if (!given) return scratchDatabase();
  const name = `foyer_test_${randomBytes(4).toString("hex")}`;
  await run(given, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(given);
  url.pathname = name;
  return { url: url.href, stop: () => run(given, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
