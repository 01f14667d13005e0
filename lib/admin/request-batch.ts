import { findRowsByIds } from "@/lib/admin/queries/visible-rows";
import type { Actor } from "@/lib/auth/actor";
import { currentTranslation } from "@/lib/i18n/current-translation";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { type BulkBatch, type BulkTarget, type ItemResult, serializeResults } from "@/lib/lists/bulk";
import type { UserRow } from "@/lib/members/queries/list";
import type { RequestListRefusal } from "@/lib/requests/messages";
import { findRequests, type RequestRow } from "@/lib/requests/queries/list";
import { findNextRequests } from "@/lib/requests/queries/matches";
import { done, type Messages, type Result, refused } from "@/lib/result/result";

/** The rows of the three lists that an action has created or changed, limited to what the actor may read. */
export type ChangedRows = { requests: RequestRow[]; invitations: InvitationRow[]; users: UserRow[] };

type CreatedIds = { invitationId?: string; memberId?: string } | null;

/** Returns the rows that answering these requests created or changed. */
export async function findChangedRows(
  actor: Actor,
  answered: readonly { id: string; created: CreatedIds }[],
): Promise<ChangedRows> {
  const ids = answered.map(({ id }) => id);
  const requests = actor.permissions.has("requests:read") ? await findRequests(actor, ids) : [];
  return {
    requests,
    ...(await findRowsByIds(
      actor,
      answered.flatMap(({ created }) => created ?? []),
    )),
  };
}

/**
 * Runs one batch of a bulk action. Returns a result per request, and the changed rows of those in `shownIds`.
 */
export async function runRequestBatch<
  T extends CreatedIds,
  Reason extends string,
  BatchReason extends string,
>(
  actor: Actor,
  { target, shownIds }: { target: BulkTarget; shownIds: readonly string[] },
  messages: Messages<Reason>,
  command: (requests: readonly string[]) => Promise<Result<ItemResult<T, Reason>[], BatchReason>>,
): Promise<Result<BulkBatch & ChangedRows, BatchReason | RequestListRefusal | "rights-lost">> {
  // Without permission to read the list, its query must not be run either.
  if ("query" in target && !actor.permissions.has("requests:read")) return refused("rights-lost");
  const batch =
    "query" in target ? await findNextRequests(actor, target.query) : done({ ids: target.ids, next: null });
  if (!batch.ok) return batch;
  const { ids, next } = batch.value;
  if (ids.length === 0) return done({ results: [], next, requests: [], invitations: [], users: [] });
  const results = await command(ids);
  if (!results.ok) return results;
  const answered = results.value.flatMap(({ id, result }) =>
    result.ok && shownIds.includes(id) ? [{ id, created: result.value }] : [],
  );
  return done({
    results: serializeResults(await currentTranslation(), results.value, messages),
    next,
    ...(await findChangedRows(actor, answered)),
  });
}
