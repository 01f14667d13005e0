import { Prisma } from "@/lib/db/generated/client";
import type { InvitationListState } from "@/lib/invitations/list";
import { ofKind, onPage, orderKeys, readingOrder } from "@/lib/invitations/queries/matching";

/** So many entries of the order are looked at first: many where their index carries the address, few where rows are opened. */
const NEAR = { carried: 20_000, opened: 1_000 };

/** So many candidates are sorted; where there are more, they are not all there, and the latest 50 of them would be wrong. */
const CANDIDATES = 5_000;

/**
 * The rows of a page whose address holds the term, or begins with it where it has one or two letters. One statement,
 * three ways, each only where those before did not do: a frequent term fills the page `near` the beginning of the order; a
 * rare one has few candidates, which the index of terms finds in no order (`found`); what is left, a frequent term that
 * happens to be `far` from the beginning, walks the order to its end or the end of its time.
 */
export function searchedPage(organizationId: string, state: InvitationListState, limit: number): Prisma.Sql {
  const term = state.search.toLowerCase();
  const like = Prisma.sql`i.email LIKE ${pattern(term)}`;
  const kind = ofKind(organizationId, state.filters);
  const page = onPage(state);
  const order = Prisma.sql`ORDER BY ${readingOrder(state)}`;
  return Prisma.sql`
    WITH near AS MATERIALIZED (
      SELECT i.id FROM (
        SELECT ${Prisma.join([...orderKeys(state.sort)])}, i.email AS address FROM invitation i
        WHERE ${kind} AND ${page} ${order} LIMIT ${isCarried(state) ? NEAR.carried : NEAR.opened}) i
      WHERE i.address LIKE ${pattern(term)} ${order} LIMIT ${limit}),
    enough AS MATERIALIZED (SELECT count(*) = ${limit} AS yes FROM near),
    found AS MATERIALIZED (
      SELECT i.* FROM invitation i WHERE NOT (SELECT yes FROM enough) AND ${kind} AND ${like} LIMIT ${CANDIDATES + 1}),
    too_many AS MATERIALIZED (SELECT count(*) > ${CANDIDATES} AS yes FROM found)
    SELECT i.* FROM (
      (SELECT i.* FROM near JOIN invitation i ON i.id = near.id WHERE (SELECT yes FROM enough))
      UNION ALL
      (SELECT i.* FROM found i WHERE NOT (SELECT yes FROM too_many) AND ${page} ${order} LIMIT ${limit})
      UNION ALL
      (SELECT i.* FROM invitation i
       WHERE (SELECT yes FROM too_many) AND ${kind} AND ${page} AND ${holds(term, state)} ${order} LIMIT ${limit})) i`;
}

/** Does the index that is walked hold the address beside what is asked for? */
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
  const literal = term.replaceAll(/[\\%_]/g, "\\$&");
  return isPrefix(term) ? `${literal}%` : `%${literal}%`;
}

/** The same condition in words that the index of terms does not answer, so that the order is walked. */
function holds(term: string, { sort }: InvitationListState): Prisma.Sql {
  if (!isPrefix(term)) return Prisma.sql`strpos(i.email, ${term}) > 0`;
  // In the order of addresses a beginning is a range.
  if (sort.column === "email") return Prisma.sql`i.email LIKE ${pattern(term)}`;
  return Prisma.sql`left(i.email, ${term.length}::int) = ${term}`;
}
