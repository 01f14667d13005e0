import { type Actor, assertMay } from "@/lib/auth/actor";
import { countWithinTime, LIST_LIMITS, withinTime } from "@/lib/db/statement-timeout";
import { BATCH_SIZE } from "@/lib/lists/bulk";
import { requestList } from "@/lib/requests/list";
import type { RequestListRefusal } from "@/lib/requests/messages";
import { pageQuery, readRequests } from "@/lib/requests/queries/list";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * The next hundred of all the requests that a query of the list matches, and the query of those after them (REQ-C9). Walked
 * from the latest to the first: no answer moves a request, and what is asked meanwhile comes before, so nobody is met twice.
 */
export async function nextMatches(
  actor: Actor,
  query: string,
): Promise<Result<{ ids: string[]; next: string | null }, RequestListRefusal>> {
  assertMay(actor, "requests:read");
  const state = requestList.readWalk(query);
  const read = await withinTime(LIST_LIMITS.combination, (tx) => readRequests(tx, actor, state, BATCH_SIZE));
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  return done({
    ids: read.rows.map(({ id }) => id),
    next: read.next && requestList.write({ ...state, cursor: read.next }),
  });
}

/** How many a query of the list matches, at most one more than `cap`; null where counting them takes too long. */
export async function countMatches(actor: Actor, query: string, cap = 10_000): Promise<number | null> {
  assertMay(actor, "requests:read");
  const state = { ...requestList.readWalk(query), cursor: null };
  return countWithinTime(pageQuery(actor.organization.id, state, cap + 1));
}
