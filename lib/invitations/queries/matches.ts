import { type Actor, assertMay } from "@/lib/auth/actor";
import { countWithinTime, LIST_LIMITS, withinTime } from "@/lib/db/statement-timeout";
import { invitationList } from "@/lib/invitations/list";
import type { ListRefusal } from "@/lib/invitations/messages";
import { pageQuery, readInvitations } from "@/lib/invitations/queries/list";
import { BATCH_SIZE } from "@/lib/lists/bulk";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * The next hundred of all the invitations that a query of the list matches, and the query of those after them (REQ-C9). They
 * are walked in the list's usual order, the latest expiry first, which has its index under each filter: whatever is
 * sent while it is walked gets a later expiry, so it goes to where the walk has been, and nothing is met twice. Where a
 * term was made shorter it does not; `asOf` leaves out what was sent since.
 */
export async function nextMatches(
  actor: Actor,
  query: string,
  asOf?: Date,
): Promise<Result<{ ids: string[]; next: string | null }, ListRefusal>> {
  assertMay(actor, "invitations:read");
  const state = invitationList.readWalk(query);
  const read = await withinTime(LIST_LIMITS.combination, (tx) =>
    readInvitations(tx, actor, state, BATCH_SIZE),
  );
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const { rows, next } = read;
  return done({
    ids: rows.flatMap(({ id, issuedAt }) => (asOf && issuedAt > asOf ? [] : id)),
    next: next && invitationList.write({ ...state, cursor: next }),
  });
}

/** How many a query of the list matches, at most one more than `cap`; null where counting them takes too long. */
export async function countMatches(actor: Actor, query: string, cap = 10_000): Promise<number | null> {
  assertMay(actor, "invitations:read");
  const state = { ...invitationList.readWalk(query), cursor: null };
  return countWithinTime(pageQuery(actor.organization.id, state, cap + 1));
}
