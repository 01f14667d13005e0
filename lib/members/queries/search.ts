import { Prisma } from "@/lib/db/generated/client";
import { literally, searchedPage } from "@/lib/db/search";
import { type UserListState, userList } from "@/lib/members/list";
import { KEYS, ofKind, onPage } from "@/lib/members/queries/matching";

/**
 * The rows of a page whose name or address holds the term, whatever its case and accents; or, where it has one or two
 * letters, has a word of the name or the address begin with it. `sort_name` has a space before each.
 */
export function searched(organizationId: string, state: UserListState, limit: number): Prisma.Sql {
  return searchedPage({
    table: Prisma.sql`member`,
    alias: Prisma.sql`m`,
    keys: KEYS[state.sort.column],
    place: state,
    kind: ofKind(organizationId, state.filters),
    page: onPage(state),
    text: Prisma.sql`m.sort_name`,
    pattern: Prisma.sql`('%' || fold_text(${literally(termOf(state))}::text) || '%')`,
    holds: holdsTerm(state),
    isCarried: isCarried(state),
    limit,
  });
}

/** Each order, and each single filter in its usual order, has an index; names and addresses are in all of them. */
function isCarried(state: UserListState): boolean {
  const { status, role, policies } = state.filters;
  const chosen = [status !== "present", role, policies].filter(Boolean).length;
  return chosen === 0 || (chosen === 1 && !userList.sortParam(state));
}

/** The same of single rows: does the name or address of this one hold the term? */
export function holdsTerm(state: UserListState): Prisma.Sql {
  return Prisma.sql`strpos(m.sort_name, fold_text(${termOf(state)}::text)) > 0`;
}

function termOf({ search }: UserListState): string {
  return [...search].length < 3 ? ` ${search}` : search;
}
