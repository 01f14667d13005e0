import { connectionPool } from "@/lib/db/client";

/**
 * Searches the whole database for a text, as in a dump: every row of every table in every schema. Returns the
 * tables that contain it, as `schema.table`.
 */
export async function searchDump(text: string): Promise<string[]> {
  const { rows: tables } = await connectionPool().query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY name`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    // Rows are compared as JSON, which includes JSON and bytea columns; names and addresses need no escaping
    // in jsonb.
    const { rows } = await connectionPool().query(
      `SELECT FROM ${name} t WHERE position(lower($1) IN lower(to_jsonb(t)::text)) > 0
         OR position(encode(convert_to($1, 'UTF8'), 'hex') IN to_jsonb(t)::text) > 0 LIMIT 1`,
      [text],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
