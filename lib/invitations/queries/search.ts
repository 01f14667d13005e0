import { Prisma } from "@/lib/db/generated/client";
import { escapeLike, matchesAnyTerm, searchPageQuery } from "@/lib/db/search";
import { searchTerms } from "@/lib/email-address/display-address";
import type { InvitationListState } from "@/lib/invitations/list";
import {
  INVITATION_SORT_KEYS,
  whereInvitationFilters,
  whereInvitationPage,
} from "@/lib/invitations/queries/filters";

/**
 * Returns the query of a page of invitations whose address contains the term; terms under three characters
 * match its start.
 */
export function invitationSearchQuery(
  organizationId: string,
  state: InvitationListState,
  limit: number,
): Prisma.Sql {
  return searchPageQuery({
    table: Prisma.sql`invitation`,
    alias: Prisma.sql`i`,
    sortKeys: INVITATION_SORT_KEYS[state.sort.column],
    position: state,
    listFilter: whereInvitationFilters(organizationId, state.filters),
    pageFilter: whereInvitationPage(state),
    text: Prisma.sql`i.email`,
    matches: (text) =>
      matchesAnyTerm(termsOf(state), (term) => Prisma.sql`${text} LIKE ${likePattern(term)}`),
    matchesWithoutIndex: matchesInvitationSearch(state),
    isIndexed: isIndexCovering(state),
    limit,
  });
}

/** Returns true if an index of this sort order and these filters includes the address. */
function isIndexCovering({ sort, filters }: InvitationListState): boolean {
  const { status, delivery, role, inviter } = filters;
  const isClosed = status === "accepted" || status === "declined" || status === "revoked";
  return !isClosed && !delivery && !role && !inviter && (sort.column === "status" || sort.column === "email");
}

function isPrefix(term: string): boolean {
  return term.length < 3;
}

function likePattern(term: string): string {
  return isPrefix(term) ? `${escapeLike(term)}%` : `%${escapeLike(term)}%`;
}

/** Returns the search condition of a single row. */
export function matchesInvitationSearch(state: InvitationListState): Prisma.Sql {
  return matchesAnyTerm(termsOf(state), (term) => {
    if (!isPrefix(term)) return Prisma.sql`strpos(i.email, ${term}) > 0`;
    // When sorted by address, a prefix is a range of the index.
    if (state.sort.column === "email") return Prisma.sql`i.email LIKE ${likePattern(term)}`;
    return Prisma.sql`left(i.email, ${term.length}::int) = ${term}`;
  });
}

function termsOf({ search }: InvitationListState): string[] {
  return searchTerms(search.toLowerCase());
}
