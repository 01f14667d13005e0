import { pool } from "@/lib/db/client";

/**
 * Looks for a text in everything the database holds, as a dump of it would show it: every row of every table in every
 * schema, whatever its columns are. Answers where it was found, as `schema.table`.
 */
export async function searchDump(text: string): Promise<string[]> {
  const { rows: tables } = await pool().query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY name`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    // As JSON, so that what is stored in JSON or bytes is text too; jsonb escapes nothing that a name or an address holds.
    const { rows } = await pool().query(
      `SELECT FROM ${name} t WHERE position(lower($1) IN lower(to_jsonb(t)::text)) > 0
         OR position(encode(convert_to($1, 'UTF8'), 'hex') IN to_jsonb(t)::text) > 0 LIMIT 1`,
      [text],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
