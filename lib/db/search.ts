import { Prisma } from "@/lib/db/generated/client";
import { columnsOf, type Keys, type Place, readingOrder } from "@/lib/db/keyset";

/** So many entries of the order are looked at first: many where their index carries the text, few where rows are opened. */
const NEAR = { carried: 20_000, opened: 1_000 };

/** So many candidates are sorted; where there are more, they are not all there, and the first 50 of them would be wrong. */
const CANDIDATES = 5_000;

export type Search = {
  /** The table and the name by which the conditions call it. */
  table: Prisma.Sql;
  alias: Prisma.Sql;
  keys: Keys;
  place: Place;
  /** The rows of the list, wherever they stand. */
  kind: Prisma.Sql;
  /** The filters, and the place after or before the cursor. */
  page: Prisma.Sql;
  /** Where is looked, and the pattern that its trigram index answers. */
  text: Prisma.Sql;
  pattern: Prisma.Sql;
  /** The same condition in words that the index of trigrams does not answer, so that the order is walked. */
  holds: Prisma.Sql;
  /** Does the index of this order and these filters hold the text? */
  isCarried: boolean;
  limit: number;
};

/**
 * The rows of a page that hold what is searched. One statement, three ways, each only where those before did not do: a
 * frequent term fills the page `near` the beginning of the order; a rare one has few candidates, which the index of
 * trigrams finds in no order (`found`); what is left, a frequent term that happens to be `far` from the beginning, walks the
 * order to its end or the end of its time (decision 0016).
 */
export function searchedPage(search: Search): Prisma.Sql {
  const { table, alias, keys, place, kind, page, text, pattern, holds, isCarried, limit } = search;
  const order = Prisma.sql`ORDER BY ${readingOrder(keys, place)}`;
  return Prisma.sql`
    WITH near AS MATERIALIZED (
      SELECT ${alias}.id FROM (
        SELECT ${columnsOf(keys)}, ${text} AS searched FROM ${table} ${alias}
        WHERE ${kind} AND ${page} ${order} LIMIT ${isCarried ? NEAR.carried : NEAR.opened}) ${alias}
      WHERE ${alias}.searched LIKE ${pattern} ${order} LIMIT ${limit}),
    enough AS MATERIALIZED (SELECT count(*) = ${limit} AS yes FROM near),
    found AS MATERIALIZED (
      SELECT ${alias}.* FROM ${table} ${alias}
      WHERE NOT (SELECT yes FROM enough) AND ${kind} AND ${text} LIKE ${pattern} LIMIT ${CANDIDATES + 1}),
    too_many AS MATERIALIZED (SELECT count(*) > ${CANDIDATES} AS yes FROM found)
    SELECT ${alias}.* FROM (
      (SELECT ${alias}.* FROM near JOIN ${table} ${alias} ON ${alias}.id = near.id WHERE (SELECT yes FROM enough))
      UNION ALL
      (SELECT ${alias}.* FROM found ${alias} WHERE NOT (SELECT yes FROM too_many) AND ${page} ${order} LIMIT ${limit})
      UNION ALL
      (SELECT ${alias}.* FROM ${table} ${alias}
       WHERE (SELECT yes FROM too_many) AND ${kind} AND ${page} AND ${holds} ${order} LIMIT ${limit})) ${alias}`;
}

/** A pattern of LIKE that means these letters and nothing else. */
export function literally(term: string): string {
  return term.replaceAll(/[\\%_]/g, "\\$&");
}
