import { type Actor, assertMay } from "@/lib/auth/actor";
import { countWithinTime, LIST_LIMITS, withinTime } from "@/lib/db/statement-timeout";
import { BATCH_SIZE } from "@/lib/lists/bulk";
import { userList } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { pageQuery, readUsers } from "@/lib/members/queries/list";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * The next hundred of all the users that a query of the list matches, and the query of those after them (REQ-C9). They are
 * walked in the list's usual order, by name or by expiry, which no change of a role, of policies or of a block touches: whoever
 * does not match any more is gone from it, and nobody is met twice.
 */
export async function nextMatches(
  actor: Actor,
  query: string,
): Promise<Result<{ ids: string[]; next: string | null }, UserListRefusal>> {
  assertMay(actor, "users:read");
  const state = userList.readWalk(query);
  const read = await withinTime(LIST_LIMITS.combination, (tx) => readUsers(tx, actor, state, BATCH_SIZE));
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const { rows, next } = read;
  return done({
    ids: rows.map(({ id }) => id),
    next: next && userList.write({ ...state, cursor: next }),
  });
}

/** How many a query of the list matches, at most one more than `cap`; null where counting them takes too long. */
export async function countMatches(actor: Actor, query: string, cap = 10_000): Promise<number | null> {
  assertMay(actor, "users:read");
  const state = { ...userList.readWalk(query), cursor: null };
  return countWithinTime(pageQuery(actor.organization.id, state, cap + 1));
}
