import { Prisma } from "@/lib/db/generated/client";
import type { Cursor, SortOrder } from "@/lib/lists/list-state";

/** A sort key of a list: a column that is never null, and its type in a cursor. */
export type SortKey = { column: Prisma.Sql; type: Prisma.Sql };

/** The keys of an order. The last one is the id, which makes every position unique. */
export type SortKeys = readonly [...SortKey[], SortKey];

export type PagePosition = { sort: SortOrder<string>; cursor: Cursor | null };

/** A page, with the cursors of the previous and the next page. */
export type KeysetPage<Row> = { rows: Row[]; previous: Cursor | null; next: Cursor | null };

export const PAGE_SIZE = 50;

/**
 * Returns the condition for rows beyond the cursor: a row comparison, which is a range of the index with
 * these keys.
 */
export function afterCursor(keys: SortKeys, { sort, cursor }: PagePosition): Prisma.Sql {
  if (!cursor) return Prisma.sql`true`;
  const values = [...cursor.keys, cursor.id];
  const bounds = keys.map(({ type }, index) => Prisma.sql`${values[index]}::${type}`);
  const operator = isAscending({ sort, cursor }) ? Prisma.sql`>` : Prisma.sql`<`;
  return Prisma.sql`(${sortColumns(keys)}) ${operator} (${Prisma.join(bounds)})`;
}

/** Returns the columns of an order, for SELECT. */
export function sortColumns(keys: SortKeys): Prisma.Sql {
  return Prisma.join(keys.map(({ column }) => column));
}

/** Returns the columns for ORDER BY; reversed when paging backwards. */
export function pageOrder(keys: SortKeys, position: PagePosition): Prisma.Sql {
  const direction = isAscending(position) ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.join(keys.map(({ column }) => Prisma.sql`${column} ${direction}`));
}

function isAscending({ sort, cursor }: PagePosition): boolean {
  return (sort.direction === "ascending") !== (cursor?.side === "before");
}

/** The database's clock, which is constant within a statement. */
export const STATEMENT_TIME = Prisma.sql`statement_timestamp()`;

/**
 * Returns a bound of a timestamp column, which is a range of its index. With two bounds on one side
 * PostgreSQL may start the index scan at either, and would scan from this one to a cursor far inside. The
 * cursor is the closer one, so with a cursor on the same column (`isSortColumn`) this bound is written in a
 * form that no index supports.
 */
export function timestampBound(
  column: Prisma.Sql,
  side: "after" | "until",
  timestamp: Prisma.Sql,
  position: PagePosition & { isSortColumn: boolean },
): Prisma.Sql {
  const operator = side === "after" ? Prisma.sql`>` : Prisma.sql`<=`;
  const isWeakerThanCursor =
    position.isSortColumn && position.cursor && isAscending(position) === (side === "after");
  return isWeakerThanCursor
    ? Prisma.sql`${column} - ${timestamp} ${operator} interval '0'`
    : Prisma.sql`${column} ${operator} ${timestamp}`;
}

/**
 * Returns true if no rows are left beyond the cursor, or less than a full page before it. This happens when
 * rows were added or removed; the list is then read from its beginning.
 */
export function isPageExhausted(read: readonly unknown[], { cursor }: Pick<PagePosition, "cursor">): boolean {
  return cursor !== null && read.length < (cursor.side === "before" ? PAGE_SIZE + 1 : 1);
}

/**
 * Returns the page for the rows that were read, which are one more than PAGE_SIZE, in the order of
 * `pageOrder`.
 */
export function toPage<Row extends { id: string }>(
  read: readonly Row[],
  { cursor }: Pick<PagePosition, "cursor">,
  keysOf: (row: Row) => Cursor["keys"],
): KeysetPage<Row> {
  const hasMore = read.length > PAGE_SIZE;
  const rows = read.slice(0, PAGE_SIZE);
  const backwards = cursor?.side === "before";
  if (backwards) rows.reverse();
  const cursorAt = (side: Cursor["side"], row: Row | undefined) =>
    row ? { side, keys: keysOf(row), id: row.id } : null;
  return {
    rows,
    previous: cursor ? cursorAt("before", rows[0]) : null,
    next: backwards || hasMore ? cursorAt("after", rows.at(-1)) : null,
  };
}

/**
 * Returns the cursor after the last of the rows, which were read with `limit`; null if it is the last page.
 */
export function nextCursor<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => Cursor["keys"],
): Cursor | null {
  const last = rows.at(-1);
  return last && rows.length === limit ? { side: "after", keys: keysOf(last), id: last.id } : null;
}
