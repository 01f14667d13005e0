import { Prisma } from "@/lib/db/generated/client";
import { literally, searchedPage } from "@/lib/db/search";
import { type RequestListState, requestList } from "@/lib/requests/list";
import { KEYS, ofKind, onPage } from "@/lib/requests/queries/matching";

/**
 * The rows of a page whose name or address holds the term, whatever its case and accents; or, where it has one or two
 * letters, has a word of the name or the address begin with it. `search_text` has a space before each.
 */
export function searched(organizationId: string, state: RequestListState, limit: number): Prisma.Sql {
  return searchedPage({
    table: Prisma.sql`invitation_request`,
    alias: Prisma.sql`r`,
    keys: KEYS[state.sort.column],
    place: state,
    kind: ofKind(organizationId, state.filters),
    page: onPage(state),
    text: Prisma.sql`r.search_text`,
    pattern: Prisma.sql`('%' || fold_text(${literally(termOf(state))}::text) || '%')`,
    holds: holdsTerm(state),
    isCarried: state.filters.status === "open" || !requestList.sortParam(state),
    limit,
  });
}

/** The same of single rows: does the name or address of this one hold the term? */
export function holdsTerm(state: RequestListState): Prisma.Sql {
  return Prisma.sql`strpos(r.search_text, fold_text(${termOf(state)}::text)) > 0`;
}

function termOf({ search }: RequestListState): string {
  return [...search].length < 3 ? ` ${search}` : search;
}
