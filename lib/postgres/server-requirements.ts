import pg from "pg";
import { ExpectedError } from "@/lib/config/expected-error";

/** The oldest PostgreSQL the SQL is written for. */
const OLDEST = 15;

/**
 * Refuses a server that DATABASE_URL names but Foyer cannot live on: not reachable, older than 15, or not UTF-8
 * (there lower('Ä') does nothing and one address would be two people). Says which server, never the password.
 */
export async function refuseUnfitServer(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  const where = `${client.host}:${client.port}/${client.database}`;
  try {
    await client.connect();
  } catch (error) {
    throw new ExpectedError(
      `The database at ${where} cannot be used: ${reasonOf(error)}. Check DATABASE_URL, and that the server runs.`,
    );
  }
  try {
    const { rows } = await client.query<{ version: string; encoding: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
    );
    const version = Math.floor(Number(rows[0]?.version) / 10_000);
    const encoding = rows[0]?.encoding;
    if (version < OLDEST)
      throw new ExpectedError(
        `The server at ${where} is PostgreSQL ${version}; Foyer needs ${OLDEST} or newer.`,
      );
    if (encoding !== "UTF8")
      throw new ExpectedError(
        `The database at ${where} is encoded in ${encoding}; Foyer needs UTF8: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
      );
  } finally {
    await client.end();
  }
}

/** PostgreSQL's own words where it spoke, plain ones where nobody did. */
function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  if (code === "ECONNREFUSED") return "nobody listens there";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "its host name is not known";
  if (code === "28P01" || code === "28000") return "it refuses the user name or password";
  if (code === "3D000") return "the server has no database of that name";
  if (code === "ETIMEDOUT" || /timeout/.test(message)) return "it does not answer";
  return message || code || "unknown reason";
}
