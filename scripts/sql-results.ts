import { appendFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaClient } from "@/lib/db/generated/client";

/**
 * Records, while the integration tests run, what each `$queryRaw` call returns, if FOYER_SQL_RESULTS names a file.
 * `scripts/check-sql-types.ts` compares the record with the types that the code declares.
 */

/**
 * What one call returned: the types of the values by path, such as `email`, `policies`, `policies[]` and
 * `policies[].name`. Keys of JSON that are not names, such as ids, are `*`. Without rows the list is empty.
 */
export type SqlResult = { file: string; line: number; values: Record<string, string[]> };

type Row = Record<string, unknown>;
type RawQuery = (this: unknown, ...args: unknown[]) => PromiseLike<Row[]>;

const root = fileURLToPath(new URL("..", import.meta.url));
const recordFile = process.env.FOYER_SQL_RESULTS;
const prototype = PrismaClient.prototype as unknown as { $queryRaw: RawQuery };
const queryRaw = prototype.$queryRaw;
const recorded = new Map<string, Set<string>>();

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
    const [, absolute = "", line] = /\(?(?:file:\/\/)?(\/[^():]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    const file = path.relative(root, absolute);
    if (line && !file.startsWith("..") && !/node_modules|^scripts\/sql-results/.test(file))
      return { file, line: Number(line) };
  }
  return undefined;
}

/** Appends what the rows contain that this process has not yet recorded for this call site. */
function record(file: string, site: { file: string; line: number }, rows: Row[]): void {
  const values: SqlResult["values"] = {};
  const addValue = (place: string, value: unknown) => {
    const type = typeName(value);
    if (!values[place]?.includes(type)) values[place] = [...(values[place] ?? []), type];
    if (Array.isArray(value)) for (const item of value) addValue(`${place}[]`, item);
    else if (type === "object")
      for (const [key, item] of Object.entries(value as object))
        addValue(`${place}.${/^[a-z]\w*$/i.test(key) ? key : "*"}`, item);
  };
  for (const row of rows) for (const [column, value] of Object.entries(row)) addValue(column, value);
  const entries = Object.entries(values).map(([place, types]) => `${place} ${types.sort()}`);
  const key = `${site.file}:${site.line}`;
  const known = recorded.get(key);
  if (known && entries.every((entry) => known.has(entry))) return;
  recorded.set(key, new Set([...(known ?? []), ...entries]));
  appendFileSync(file, `${JSON.stringify({ ...site, values } satisfies SqlResult)}\n`);
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  if (value instanceof Date) return "Date";
  if (value instanceof Uint8Array) return "Uint8Array";
  if (Array.isArray(value)) return "array";
  return typeof value;
}
