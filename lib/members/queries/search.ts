import { Prisma } from "@/lib/db/generated/client";
import { escapeLike, matchesAnyTerm, searchPageQuery } from "@/lib/db/search";
import { searchTerms } from "@/lib/email-address/display-address";
import { type UserListState, userList } from "@/lib/members/list";
import { USER_SORT_KEYS, whereUserFilters, whereUserPage } from "@/lib/members/queries/filters";

/**
 * Returns the query of a page of users whose name or address contains the search term, ignoring case and
 * accents. A term of one or two characters has to be the start of a word; `sort_name` has a space before each
 * word.
 */
export function userSearchQuery(organizationId: string, state: UserListState, limit: number): Prisma.Sql {
  return searchPageQuery({
    table: Prisma.sql`member`,
    alias: Prisma.sql`m`,
    sortKeys: USER_SORT_KEYS[state.sort.column],
    position: state,
    listFilter: whereUserFilters(organizationId, state.filters),
    pageFilter: whereUserPage(state),
    text: Prisma.sql`m.sort_name`,
    matches: (text) =>
      matchesAnyTerm(
        termsOf(state),
        (term) => Prisma.sql`${text} LIKE ('%' || fold_text(${escapeLike(term)}::text) || '%')`,
      ),
    matchesWithoutIndex: matchesUserSearch(state),
    isIndexed: isIndexed(state),
    limit,
  });
}

/** True for each sort, and each single filter in its default sort: their indexes include `sort_name`. */
function isIndexed(state: UserListState): boolean {
  const { status, role, policies } = state.filters;
  const chosen = [status !== "present", role, policies].filter(Boolean).length;
  return chosen === 0 || (chosen === 1 && !userList.sortParam(state));
}

/** Returns the condition that a single row matches the search term. */
export function matchesUserSearch(state: UserListState): Prisma.Sql {
  return matchesAnyTerm(
    termsOf(state),
    (term) => Prisma.sql`strpos(m.sort_name, fold_text(${term}::text)) > 0`,
  );
}

function termsOf({ search }: UserListState): string[] {
  return searchTerms(search).map((term) => ([...term].length < 3 ? ` ${term}` : term));
}
