import { type Actor, assertMay } from "@/lib/auth/actor";
import { withinTime } from "@/lib/db/within-time";
import { BATCH_SIZE } from "@/lib/kit/bulk";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { userList } from "@/lib/members/list";
import type { UserListRefusal } from "@/lib/members/messages";
import { KEYS_OF, pageQuery, type Selected } from "@/lib/members/queries/list";

/** Milliseconds: a walk waits as long as any combination of the list does. */
const LIMIT = 1_000;

/**
 * The next hundred of all the users that a query of the list matches, and the query of those after them (R C9). They are
 * walked in the list's usual order, by name or by expiry, which no change of a role, of policies or of a block touches: whoever
 * does not match any more is gone from it, and nobody is met twice.
 */
export async function nextMatches(
  actor: Actor,
  query: string,
): Promise<Outcome<{ ids: string[]; next: string | null }, UserListRefusal>> {
  assertMay(actor, "users:read");
  const state = userList.readWalk(query);
  const rows = await withinTime(LIMIT, (tx) =>
    tx.$queryRaw<Selected[]>(pageQuery(actor.organization.id, state, BATCH_SIZE)),
  );
  if (!rows) return refused(state.search ? "search-too-slow" : "list-too-slow");
  const last = rows.length === BATCH_SIZE ? rows.at(-1) : undefined;
  const keys = last && KEYS_OF[state.sort.column](last);
  return done({
    ids: rows.map(({ id }) => id),
    next: last && keys ? userList.write({ ...state, cursor: { side: "after", keys, id: last.id } }) : null,
  });
}

/** How many a query of the list matches, at most one more than `cap`; null where counting them takes too long. */
export async function countMatches(actor: Actor, query: string, cap = 10_000): Promise<number | null> {
  assertMay(actor, "users:read");
  const state = { ...userList.readWalk(query), cursor: null };
  const read = await withinTime(
    LIMIT,
    (tx) =>
      tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (${pageQuery(actor.organization.id, state, cap + 1)}) matching`,
  );
  return read?.[0]?.count ?? null;
}
