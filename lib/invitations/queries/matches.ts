import { type Actor, assertMay } from "@/lib/auth/actor";
import { withinTime } from "@/lib/db/within-time";
import { invitationList } from "@/lib/invitations/list";
import type { ListRefusal } from "@/lib/invitations/messages";
import { KEYS_OF, pageQuery, type Selected, toRow } from "@/lib/invitations/queries/list";
import { BATCH_SIZE } from "@/lib/kit/bulk";
import { done, type Outcome, refused } from "@/lib/kit/outcome";

/** Milliseconds: a walk waits as long as any combination of the list does. */
const LIMIT = 1_000;

/**
 * The next hundred of all the invitations that a query of the list matches, and the query of those after them (R C9). They
 * are walked in the list's usual order, the latest expiry first, which has its index under each filter: whatever is
 * sent while it is walked gets a later expiry, so it goes to where the walk has been, and nothing is met twice. Where a
 * term was made shorter it does not; `asOf` leaves out what was sent since.
 */
export async function nextMatches(
  actor: Actor,
  query: string,
  asOf?: Date,
): Promise<Outcome<{ ids: string[]; next: string | null }, ListRefusal>> {
  assertMay(actor, "invitations:read");
  const state = invitationList.readWalk(query);
  const read = await withinTime(LIMIT, (tx) =>
    tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state, BATCH_SIZE)),
  );
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const rows = read.map(toRow);
  const last = rows.length === BATCH_SIZE ? rows.at(-1) : undefined;
  const keys = last && KEYS_OF[state.sort.column](last);
  return done({
    ids: rows.flatMap(({ id, issuedAt }) => (asOf && issuedAt > asOf ? [] : id)),
    next:
      last && keys ? invitationList.write({ ...state, cursor: { side: "after", keys, id: last.id } }) : null,
  });
}

/** How many a query of the list matches, at most one more than `cap`; null where counting them takes too long. */
export async function countMatches(actor: Actor, query: string, cap = 10_000): Promise<number | null> {
  assertMay(actor, "invitations:read");
  const state = { ...invitationList.readWalk(query), cursor: null };
  const read = await withinTime(
    LIMIT,
    (tx) =>
      tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (${pageQuery(actor.organization.id, state, cap + 1)}) matching`,
  );
  return read?.[0]?.count ?? null;
}
