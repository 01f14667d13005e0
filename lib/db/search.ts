import { Prisma } from "@/lib/db/generated/client";
import { type PagePosition, pageOrder, type SortKeys, sortColumns } from "@/lib/db/keyset";

/**
 * Index entries to scan first in the list's order: many if the index contains the text, few if rows must be
 * fetched.
 */
const NEAR_LIMIT = { indexed: 20_000, unindexed: 1_000 };

/** Candidates to sort. If there are more, they are incomplete, and the first page of them would be wrong. */
const CANDIDATE_LIMIT = 5_000;

export type SearchOptions = {
  /** The table, and its alias in the conditions. */
  table: Prisma.Sql;
  alias: Prisma.Sql;
  sortKeys: SortKeys;
  position: PagePosition;
  /** The condition for the rows of the list, independent of the page. */
  listFilter: Prisma.Sql;
  /** The condition for the page: after or before the cursor. */
  pageFilter: Prisma.Sql;
  /** The searched column, and the condition that it matches, which its trigram index supports. */
  text: Prisma.Sql;
  matches: (text: Prisma.Sql) => Prisma.Sql;
  /**
   * The same condition in a form that the trigram index does not support, so that rows are scanned in order.
   */
  matchesWithoutIndex: Prisma.Sql;
  /** True if the index for this order and these filters contains the text. */
  isIndexed: boolean;
  limit: number;
};

/**
 * Returns the query for the rows of a page that match a search. It tries three ways and uses the first that
 * works: a common term fills the page from the first entries of the order (`near`); a rare term has few
 * candidates, which the trigram index finds in any order (`found`); a common term that only occurs far from
 * the beginning is found by scanning the whole order, under the statement timeout (decision 0016).
 */
export function searchPageQuery(search: SearchOptions): Prisma.Sql {
  const {
    table,
    alias,
    sortKeys,
    position,
    listFilter,
    pageFilter,
    text,
    matches,
    matchesWithoutIndex,
    isIndexed,
    limit,
  } = search;
  const order = Prisma.sql`ORDER BY ${pageOrder(sortKeys, position)}`;
  const nearLimit = isIndexed ? NEAR_LIMIT.indexed : NEAR_LIMIT.unindexed;
  return Prisma.sql`
    WITH near AS MATERIALIZED (
      SELECT ${alias}.id FROM (
        SELECT ${sortColumns(sortKeys)}, ${text} AS searched_text FROM ${table} ${alias}
        WHERE ${listFilter} AND ${pageFilter} ${order} LIMIT ${nearLimit}) ${alias}
      WHERE ${matches(Prisma.sql`${alias}.searched_text`)} ${order} LIMIT ${limit}),
    near_status AS MATERIALIZED (SELECT count(*) = ${limit} AS is_full FROM near),
    found AS MATERIALIZED (
      SELECT ${alias}.* FROM ${table} ${alias}
      WHERE NOT (SELECT is_full FROM near_status) AND ${listFilter} AND ${matches(text)}
      LIMIT ${CANDIDATE_LIMIT + 1}),
    found_status AS MATERIALIZED (SELECT count(*) > ${CANDIDATE_LIMIT} AS is_incomplete FROM found)
    SELECT ${alias}.* FROM (
      (SELECT ${alias}.* FROM near JOIN ${table} ${alias} ON ${alias}.id = near.id
       WHERE (SELECT is_full FROM near_status))
      UNION ALL
      (SELECT ${alias}.* FROM found ${alias}
       WHERE NOT (SELECT is_incomplete FROM found_status) AND ${pageFilter} ${order} LIMIT ${limit})
      UNION ALL
      (SELECT ${alias}.* FROM ${table} ${alias}
       WHERE (SELECT is_incomplete FROM found_status) AND ${listFilter} AND ${pageFilter}
         AND ${matchesWithoutIndex} ${order} LIMIT ${limit})) ${alias}`;
}

/** Escapes a term for LIKE, so that it matches literally. */
export function escapeLike(term: string): string {
  return term.replaceAll(/[\\%_]/g, "\\$&");
}

/** Returns the condition that at least one of the terms matches. */
export function matchesAnyTerm(terms: readonly string[], matches: (term: string) => Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(terms.map(matches), " OR ")})`;
}
