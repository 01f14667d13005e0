import { Prisma } from "@/lib/db/generated/client";
import { literally, searchedPage } from "@/lib/db/search";
import type { InvitationListState } from "@/lib/invitations/list";
import { KEYS, ofKind, onPage } from "@/lib/invitations/queries/matching";

/** The rows of a page whose address holds the term, or begins with it where it has one or two letters. */
export function searched(organizationId: string, state: InvitationListState, limit: number): Prisma.Sql {
  const term = state.search.toLowerCase();
  return searchedPage({
    table: Prisma.sql`invitation`,
    alias: Prisma.sql`i`,
    keys: KEYS[state.sort.column],
    place: state,
    kind: ofKind(organizationId, state.filters),
    page: onPage(state),
    text: Prisma.sql`i.email`,
    pattern: Prisma.sql`${pattern(term)}`,
    holds: holdsTerm(state),
    isCarried: isCarried(state),
    limit,
  });
}

function isCarried({ sort, filters }: InvitationListState): boolean {
  const { status, delivery, role, inviter } = filters;
  const isSettled = status === "accepted" || status === "declined" || status === "revoked";
  return (
    !isSettled && !delivery && !role && !inviter && (sort.column === "status" || sort.column === "email")
  );
}

function isPrefix(term: string): boolean {
  return term.length < 3;
}

function pattern(term: string): string {
  return isPrefix(term) ? `${literally(term)}%` : `%${literally(term)}%`;
}

/** The same of single rows: does the address of this one hold the term? */
export function holdsTerm({ search, sort }: InvitationListState): Prisma.Sql {
  const term = search.toLowerCase();
  if (!isPrefix(term)) return Prisma.sql`strpos(i.email, ${term}) > 0`;
  // In the order of addresses a beginning is a range.
  if (sort.column === "email") return Prisma.sql`i.email LIKE ${pattern(term)}`;
  return Prisma.sql`left(i.email, ${term.length}::int) = ${term}`;
}
