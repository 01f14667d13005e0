import type { Actor } from "@/lib/auth/actor";
import type { Translation } from "@/lib/i18n/messages";
import { type BulkBatch, type BulkTarget, type ItemResult, serializeResults } from "@/lib/lists/bulk";
import type { UserListRefusal } from "@/lib/members/messages";
import { findUsersByIds, type UserRow } from "@/lib/members/queries/list";
import { findNextUsers } from "@/lib/members/queries/matches";
import { done, type Messages, type Result, refused } from "@/lib/result/result";

export type UserBatch = BulkBatch & { users: UserRow[] };

/**
 * Runs one batch of a bulk action with `command`. Returns the result of each user, the changed rows of those
 * in `shownIds`, and the query of the next batch.
 */
export async function runUserBatch<Reason extends string, Whole extends string>(
  translation: Translation,
  actor: Actor,
  { target, shownIds }: { target: BulkTarget; shownIds: readonly string[] },
  messages: Messages<Reason>,
  command: (members: readonly string[]) => Promise<Result<ItemResult<null, Reason>[], Whole>>,
): Promise<Result<UserBatch, Whole | UserListRefusal | "rights-lost">> {
  // A query reveals who matches, so it needs the permission to read the list.
  if ("query" in target && !actor.permissions.has("users:read")) return refused("rights-lost");
  const batch =
    "query" in target ? await findNextUsers(actor, target.query) : done({ ids: target.ids, next: null });
  if (!batch.ok) return batch;
  const { ids, next } = batch.value;
  if (ids.length === 0) return done({ results: [], next, users: [] });
  const result = await command(ids);
  if (!result.ok) return result;
  const changed = result.value.flatMap(({ id, result: each }) =>
    each.ok && shownIds.includes(id) ? id : [],
  );
  const users = actor.permissions.has("users:read") ? await findUsersByIds(actor, changed) : [];
  return done({ results: serializeResults(translation, result.value, messages), next, users });
}
