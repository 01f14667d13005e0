import type { Whom } from "@/lib/admin/invitation-batch";
import type { Actor } from "@/lib/auth/actor";
import { type Answered, type BulkBatch, toAnswers } from "@/lib/lists/bulk";
import type { UserListRefusal } from "@/lib/members/messages";
import { findUsers, type UserRow } from "@/lib/members/queries/list";
import { nextMatches } from "@/lib/members/queries/matches";
import { done, type Messages, type Result, refused } from "@/lib/result/result";

export type UserBatch = BulkBatch & { users: UserRow[] };

/** Does one batch of a bulk action by its command: the answer for each, and the changed rows of those that are shown. */
export async function doBatch<Reason extends string, Whole extends string>(
  actor: Actor,
  { whom, shown }: { whom: Whom; shown: readonly string[] },
  words: Messages<Reason>,
  command: (members: readonly string[]) => Promise<Result<Answered<null, Reason>[], Whole>>,
): Promise<Result<UserBatch, Whole | UserListRefusal | "rights-lost">> {
  // Who may not read the list cannot ask it who matches.
  if ("query" in whom && !actor.permissions.has("users:read")) return refused("rights-lost");
  const batch = "query" in whom ? await nextMatches(actor, whom.query) : done({ ids: whom.ids, next: null });
  if (!batch.ok) return batch;
  const { ids, next } = batch.value;
  if (ids.length === 0) return done({ answers: [], next, users: [] });
  const outcome = await command(ids);
  if (!outcome.ok) return outcome;
  const changed = outcome.value.flatMap(({ id, outcome: each }) => (each.ok && shown.includes(id) ? id : []));
  const users = actor.permissions.has("users:read") ? await findUsers(actor, changed) : [];
  return done({ answers: toAnswers(outcome.value, words), next, users });
}
