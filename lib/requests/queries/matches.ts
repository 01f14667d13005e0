import { type Actor, assertPermission } from "@/lib/auth/actor";
import { countWithTimeout, LIST_TIMEOUTS, withStatementTimeout } from "@/lib/db/statement-timeout";
import { BATCH_SIZE } from "@/lib/lists/bulk";
import { requestList } from "@/lib/requests/list";
import type { RequestListRefusal } from "@/lib/requests/messages";
import { readRequests, requestPageQuery } from "@/lib/requests/queries/list";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Returns the ids of the next 100 requests that a list query matches, and the query for the batch after them
 * (REQ-C9). Reads from newest to oldest: answering a request does not change its position and new requests
 * sort before the cursor, so no request is returned twice.
 */
export async function findNextRequests(
  actor: Actor,
  query: string,
): Promise<Result<{ ids: string[]; next: string | null }, RequestListRefusal>> {
  assertPermission(actor, "requests:read");
  const state = requestList.readForIteration(query);
  const page = await withStatementTimeout(LIST_TIMEOUTS.combination, (tx) =>
    readRequests(tx, actor, state, BATCH_SIZE),
  );
  if (!page) return refused(state.search ? "search-too-slow" : "list-too-slow");
  return done({
    ids: page.rows.map(({ id }) => id),
    next: page.next && requestList.write({ ...state, cursor: page.next }),
  });
}

/**
 * Counts the requests that a list query matches, up to `cap + 1`. Returns null if counting takes too long.
 */
export async function countMatchingRequests(
  actor: Actor,
  query: string,
  cap = 10_000,
): Promise<number | null> {
  assertPermission(actor, "requests:read");
  const state = { ...requestList.readForIteration(query), cursor: null };
  return countWithTimeout(requestPageQuery(actor.organization.id, state, cap + 1));
}
