import { Prisma } from "@/lib/db/generated/client";
import type { Cursor, Sort } from "@/lib/lists/list-state";

/** What a list is ordered by: a column that is never null, and the type of its value in a cursor. */
export type Key = { column: Prisma.Sql; type: Prisma.Sql };

/** The keys of an order, the id last, which is what makes each row's place its own. */
export type Keys = readonly [...Key[], Key];

export type Place = { sort: Sort<string>; cursor: Cursor | null };

/** A page, with what the pages beside it begin or end with. */
export type KeysetPage<Row> = { rows: Row[]; previous: Cursor | null; next: Cursor | null };

export const PAGE_SIZE = 50;

/** After or before the row of the cursor, all keys compared as one: a range of the index that holds them in this order. */
export function inPlace(keys: Keys, { sort, cursor }: Place): Prisma.Sql {
  if (!cursor) return Prisma.sql`true`;
  const values = [...cursor.keys, cursor.id];
  const place = keys.map(({ type }, at) => Prisma.sql`${values[at]}::${type}`);
  const beyond = isAscending({ sort, cursor }) ? Prisma.sql`>` : Prisma.sql`<`;
  return Prisma.sql`(${columnsOf(keys)}) ${beyond} (${Prisma.join(place)})`;
}

export function columnsOf(keys: Keys): Prisma.Sql {
  return Prisma.join(keys.map(({ column }) => column));
}

/** The order to read in: towards the page before, it is the other way round. */
export function readingOrder(keys: Keys, place: Place): Prisma.Sql {
  const direction = isAscending(place) ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return Prisma.join(keys.map(({ column }) => Prisma.sql`${column} ${direction}`));
}

function isAscending({ sort, cursor }: Place): boolean {
  return (sort.direction === "ascending") !== (cursor?.side === "before");
}

/** The database's clock, which stands still within the statement. */
export const NOW = Prisma.sql`statement_timestamp()`;

/**
 * A bound of a column of moments: a range of its index. Of two bounds on one side PostgreSQL begins at either, and would
 * walk from this one to a cursor deep inside. The cursor is the closer one, so beside a cursor of that column (`isSorted`)
 * this one is put in words that no index answers.
 */
export function bound(
  column: Prisma.Sql,
  side: "after" | "until",
  moment: Prisma.Sql,
  place: Place & { isSorted: boolean },
): Prisma.Sql {
  const compares = side === "after" ? Prisma.sql`>` : Prisma.sql`<=`;
  const isBesideCursor = place.isSorted && place.cursor && isAscending(place) === (side === "after");
  return isBesideCursor
    ? Prisma.sql`${column} - ${moment} ${compares} interval '0'`
    : Prisma.sql`${column} ${compares} ${moment}`;
}

/**
 * Is nothing left beyond the cursor, or only a part of the first page before it? Rows go away and come to be; such a list
 * is read anew, from its beginning.
 */
export function isBeginning(read: readonly unknown[], { cursor }: Pick<Place, "cursor">): boolean {
  return cursor !== null && read.length < (cursor.side === "before" ? PAGE_SIZE + 1 : 1);
}

/** The page of what was read for it: one row more than it shows, in the order of reading. */
export function toPage<Row extends { id: string }>(
  read: readonly Row[],
  { cursor }: Pick<Place, "cursor">,
  keysOf: (row: Row) => Cursor["keys"],
): KeysetPage<Row> {
  const isMore = read.length > PAGE_SIZE;
  const rows = read.slice(0, PAGE_SIZE);
  const backwards = cursor?.side === "before";
  if (backwards) rows.reverse();
  const at = (side: Cursor["side"], row: Row | undefined) =>
    row ? { side, keys: keysOf(row), id: row.id } : null;
  return {
    rows,
    previous: cursor ? at("before", rows[0]) : null,
    next: backwards || isMore ? at("after", rows.at(-1)) : null,
  };
}

/** The place behind the last of `rows`, of which at most `limit` were asked for; null where there are no more. */
export function cursorAfter<Row extends { id: string }>(
  rows: readonly Row[],
  limit: number,
  keysOf: (row: Row) => Cursor["keys"],
): Cursor | null {
  const last = rows.at(-1);
  return last && rows.length === limit ? { side: "after", keys: keysOf(last), id: last.id } : null;
}
