import { appendFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaClient } from "@/lib/db/generated/client";

/**
 * Records, while the integration tests run, which columns each `$queryRaw` call returns and the types of their values.
 * `scripts/check-sql-types.ts` compares the record with the types that the code declares.
 */

/** What one call site returned: the types of the values by column name. */
export type SqlResult = { file: string; line: number; columns: Record<string, string[]> };

type Row = Record<string, unknown>;
type RawQuery = (this: unknown, ...args: unknown[]) => PromiseLike<Row[]>;

const root = fileURLToPath(new URL("..", import.meta.url));
const recordFile = process.env.FOYER_SQL_RESULTS;
const prototype = PrismaClient.prototype as unknown as { $queryRaw: RawQuery };
const queryRaw = prototype.$queryRaw;
const recorded = new Set<string>();

if (recordFile) {
  prototype.$queryRaw = function recordResult(...args) {
    const site = callSite();
    const query = queryRaw.apply(this, args);
    const run = query.then.bind(query);
    const then: typeof query.then = (onRows, onError) =>
      run((rows) => {
        if (site) record(recordFile, site, rows);
        return onRows ? onRows(rows) : (rows as never);
      }, onError);
    Reflect.set(query, "then", then);
    return query;
  };
}

/** Returns the first place outside this file and node_modules in the call stack. */
function callSite(): { file: string; line: number } | undefined {
  for (const frame of (new Error().stack ?? "").split("\n").slice(1)) {
    const [, absolute = "", line] = /\(?(\/[^():]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    const file = path.relative(root, absolute);
    if (line && !file.startsWith("..") && !/node_modules|^scripts\/sql-results/.test(file))
      return { file, line: Number(line) };
  }
  return undefined;
}

function record(file: string, site: { file: string; line: number }, rows: Row[]): void {
  const columns: Record<string, string[]> = {};
  for (const row of rows)
    for (const [name, value] of Object.entries(row)) {
      columns[name] = [...new Set([...(columns[name] ?? []), typeName(value)])];
    }
  const line = JSON.stringify({ ...site, columns } satisfies SqlResult);
  if (recorded.has(line)) return;
  recorded.add(line);
  appendFileSync(file, `${line}\n`);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
