import { Prisma } from "@/lib/db/generated/client";
import type { InvitationListState } from "@/lib/invitations/list";
import { ofKind, onPage, readingOrder } from "@/lib/invitations/queries/matching";

/** So many candidates are sorted; where there are more, walking in order finds a page soon. */
const CANDIDATES = 5_000;

/**
 * The rows of a page whose address holds the term, or begins with it where it has one or two letters. Candidates come
 * from an index, in no order and up to a limit. Beyond it they are not all there, so "the latest 50" of them would be
 * wrong; but then the term is frequent, and the order itself is walked until the page is full.
 */
export function searchedPage(organizationId: string, state: InvitationListState, limit: number): Prisma.Sql {
  const term = state.search.toLowerCase();
  const kind = ofKind(organizationId, state.filters.status);
  const page = onPage(state);
  const order = readingOrder(state);
  return Prisma.sql`
    WITH found AS MATERIALIZED (
      SELECT i.* FROM invitation i WHERE ${kind} AND i.email LIKE ${pattern(term)} LIMIT ${CANDIDATES + 1}),
    too_many AS MATERIALIZED (SELECT count(*) > ${CANDIDATES} AS yes FROM found)
    SELECT i.* FROM (
      (SELECT i.* FROM found i WHERE NOT (SELECT yes FROM too_many) AND ${page} ORDER BY ${order} LIMIT ${limit})
      UNION ALL
      (SELECT i.* FROM invitation i
       WHERE (SELECT yes FROM too_many) AND ${kind} AND ${page} AND ${holds(term, state)}
       ORDER BY ${order} LIMIT ${limit})) i`;
}

function isPrefix(term: string): boolean {
  return term.length < 3;
}

function pattern(term: string): string {
  const literal = term.replaceAll(/[\\%_]/g, "\\$&");
  return isPrefix(term) ? `${literal}%` : `%${literal}%`;
}

/** The same condition in words that no index of terms answers, so that the order is walked. */
function holds(term: string, { sort }: InvitationListState): Prisma.Sql {
  if (!isPrefix(term)) return Prisma.sql`strpos(i.email, ${term}) > 0`;
  // In the order of addresses a beginning is a range.
  if (sort.column === "email") return Prisma.sql`i.email LIKE ${pattern(term)}`;
  return Prisma.sql`left(i.email, ${term.length}::int) = ${term}`;
}
