import pg from "pg";
import { ExpectedError } from "@/lib/config/expected-error";

/** The oldest major version of PostgreSQL that the SQL supports. */
const MINIMUM_VERSION = 15;

/**
 * Throws an ExpectedError if the server at `url` cannot be used: not reachable, older than PostgreSQL 15, or
 * not UTF-8 (where lower('Ä') does nothing, so one address could belong to two people). The message names the
 * server, never the password.
 */
export async function assertSupportedServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  const location = `${client.host}:${client.port}/${client.database}`;
  try {
    await client.connect();
  } catch (error) {
    throw new ExpectedError(
      `Can't connect to the database at ${location}: ${describeConnectionError(error)}. Check DATABASE_URL.`,
    );
  }
  try {
    const { rows } = await client.query<{ version: string; encoding: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
    );
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    const encoding = rows[0]?.encoding;
    if (version < MINIMUM_VERSION)
      throw new ExpectedError(
        `The server at ${location} runs PostgreSQL ${version}. Foyer needs ${MINIMUM_VERSION} or newer.`,
      );
    if (encoding !== "UTF8")
      throw new ExpectedError(
        `The database at ${location} uses the encoding ${encoding}. Foyer needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0`,
      );
  } finally {
    await client.end();
  }
}

/** Describes common connection errors; returns PostgreSQL's own message for others. */
function describeConnectionError(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === "ECONNREFUSED") return "connection refused";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "unknown host";
  if (code === "28P01" || code === "28000") return "wrong user name or password";
  if (code === "3D000") return "database does not exist";
  if (code === "ETIMEDOUT" || /timeout/.test(message)) return "connection timed out";
  return message || code || "unknown reason";
}
