import { randomBytes } from "node:crypto";
import pg from "pg";

const created: string[] = [];

/**
 * Creates a database for a single test file, on the server of the test run: for tests with workers, which would otherwise
 * run the jobs of other test files, and for tests that count rows. Call it before the configuration is read.
 * `test/setup.ts` drops it at the end of the file.
 */
export async function createIsolatedDatabase(): Promise<void> {
  process.env.DATABASE_URL = await copyTemplate();
  created.push(process.env.DATABASE_URL);
}

/** Drops the databases of this test file, after all their connections are closed. */
export async function dropIsolatedDatabases(): Promise<void> {
  for (const url of created.splice(0)) await dropDatabase(url);
}

/** Creates a copy of the database that `test/global-setup.ts` prepares, and returns its URL. */
export async function copyTemplate(): Promise<string> {
  const url = new URL(process.env.TEST_TEMPLATE_URL ?? "");
  const template = nameOf(url.href);
  url.pathname = `foyer_test_${randomBytes(4).toString("hex")}`;
  await runStatement(`CREATE DATABASE ${nameOf(url.href)} TEMPLATE ${template}`);
  return url.href;
}

export async function dropDatabase(url: string): Promise<void> {
  await runStatement(`DROP DATABASE ${nameOf(url)} WITH (FORCE)`);
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** Runs a statement in the maintenance database: a template must have no connection while it is copied. */
async function runStatement(sql: string): Promise<void> {
  const url = new URL(process.env.TEST_TEMPLATE_URL ?? "");
  url.pathname = "postgres";
  const client = new pg.Client(url.href);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
