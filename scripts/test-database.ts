import { randomBytes } from "node:crypto";
import pg from "pg";
import { migrate } from "@/lib/db/migrate";
import { scratchDatabase } from "./scratch-database";

/**
 * The database of the integration tests, once a run: a fresh PostgreSQL of our own, or a fresh database on the
 * server that TEST_SERVER_URL names (to try PostgreSQL 15). Migrated; its address is TEST_DATABASE_URL and DATABASE_URL.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await provideServer();
  process.env.TEST_DATABASE_URL = server.url;
  process.env.DATABASE_URL = server.url;
  process.env.FOYER_SECRET ??= randomBytes(32).toString("base64");
  process.env.FOYER_KEYS ??= `1:${randomBytes(32).toString("base64")}`;
  await migrate(server.url, "prisma/migrations");
  return () => server.stop();
}

async function provideServer(): Promise<{ url: string; stop(): Promise<void> }> {
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
