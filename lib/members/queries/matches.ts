import { type Actor, assertPermission } from "@/lib/auth/actor";
import { countWithTimeout, LIST_TIMEOUTS, withStatementTimeout } from "@/lib/db/statement-timeout";
import { BATCH_SIZE } from "@/lib/lists/bulk";
import { userList } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { readUsers, userPageQuery } from "@/lib/members/queries/list";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Returns the next batch of users that match a query of the list, and the query of the following batch
 * (REQ-C9). Iterates in the list's default order, by name or expiry: changing a role, policies or a block
 * does not change the position of a user, so no user is visited twice.
 */
export async function findNextUsers(
  actor: Actor,
  query: string,
): Promise<Result<{ ids: string[]; next: string | null }, UserListRefusal>> {
  assertPermission(actor, "users:read");
  const state = userList.readForIteration(query);
  const read = await withStatementTimeout(LIST_TIMEOUTS.combination, (tx) =>
    readUsers(tx, actor, state, BATCH_SIZE),
  );
  if (!read) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const { rows, next } = read;
  return done({
    ids: rows.map(({ id }) => id),
    next: next && userList.write({ ...state, cursor: next }),
  });
}

/** Counts the users that match a query of the list, up to `cap` + 1; null if counting takes too long. */
export async function countMatchingUsers(actor: Actor, query: string, cap = 10_000): Promise<number | null> {
  assertPermission(actor, "users:read");
  const state = { ...userList.readForIteration(query), cursor: null };
  return countWithTimeout(userPageQuery(actor.organization.id, state, cap + 1));
}
