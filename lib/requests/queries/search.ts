import { Prisma } from "@/lib/db/generated/client";
import { literally, searchedPage } from "@/lib/db/search";
import { type RequestListState, requestList } from "@/lib/requests/list";
import { KEYS, ofKind, onPage } from "@/lib/requests/queries/matching";

/**
 * The rows of a page whose name or address holds the term, whatever its case and accents; or, where it has one or two
 * letters, has a word of the name or the address begin with it. `listed_as` has a space before each.
 */
export function searched(organizationId: string, state: RequestListState, limit: number): Prisma.Sql {
  const term = [...state.search].length < 3 ? ` ${state.search}` : state.search;
  return searchedPage({
    table: Prisma.sql`invitation_request`,
    alias: Prisma.sql`r`,
    keys: KEYS[state.sort.column],
    place: state,
    kind: ofKind(organizationId, state.filters),
    page: onPage(state),
    text: Prisma.sql`r.listed_as`,
    pattern: Prisma.sql`('%' || folded(${literally(term)}::text) || '%')`,
    holds: Prisma.sql`strpos(r.listed_as, folded(${term}::text)) > 0`,
    isCarried: state.filters.status === "open" || !requestList.sortParam(state),
    limit,
  });
}
