import { Prisma } from "@/lib/db/generated/client";
import { escapeLike, matchesAnyTerm, searchPageQuery } from "@/lib/db/search";
import { searchTerms } from "@/lib/email-address/display-address";
import { type RequestListState, requestList } from "@/lib/requests/list";
import { REQUEST_SORT_KEYS, whereRequestFilters, whereRequestPage } from "@/lib/requests/queries/filters";

/**
 * Builds the query for a page of requests whose name or address contains the search term, ignoring case and
 * accents. A term of one or two characters must start a word of the name or the address; `search_text` has a
 * space before each.
 */
export function requestSearchQuery(
  organizationId: string,
  state: RequestListState,
  limit: number,
): Prisma.Sql {
  return searchPageQuery({
    table: Prisma.sql`invitation_request`,
    alias: Prisma.sql`r`,
    sortKeys: REQUEST_SORT_KEYS[state.sort.column],
    position: state,
    listFilter: whereRequestFilters(organizationId, state.filters),
    pageFilter: whereRequestPage(state),
    text: Prisma.sql`r.search_text`,
    matches: (text) =>
      matchesAnyTerm(
        termsOf(state),
        (term) => Prisma.sql`${text} LIKE ('%' || fold_text(${escapeLike(term)}::text) || '%')`,
      ),
    matchesWithoutIndex: matchesRequestSearch(state),
    isIndexed: state.filters.status === "open" || !requestList.sortParam(state),
    limit,
  });
}

/** Builds the condition that a row's name or address contains the search term. */
export function matchesRequestSearch(state: RequestListState): Prisma.Sql {
  return matchesAnyTerm(
    termsOf(state),
    (term) => Prisma.sql`strpos(r.search_text, fold_text(${term}::text)) > 0`,
  );
}

function termsOf({ search }: RequestListState): string[] {
  return searchTerms(search).map((term) => ([...term].length < 3 ? ` ${term}` : term));
}
