import { findRowsByIds } from "@/lib/admin/queries/visible-rows";
import type { Actor } from "@/lib/auth/actor";
import type { Translation } from "@/lib/i18n/messages";
import type { InvitationListRefusal } from "@/lib/invitations/messages";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { findNextInvitations } from "@/lib/invitations/queries/matches";
import { type BulkBatch, type BulkTarget, type ItemResult, serializeResults } from "@/lib/lists/bulk";
import type { UserRow } from "@/lib/members/queries/list";
import { done, type Messages, type Result, refused } from "@/lib/result/result";

export type InvitationBatch = BulkBatch & { invitations: InvitationRow[]; users: UserRow[] };

/**
 * Runs one batch of a bulk action with `command`. Returns the result of each invitation, the changed rows of
 * those in `shownIds`, and the query of the next batch. `asOf` skips invitations that were sent later.
 */
export async function runInvitationBatch<
  T extends { memberId: string; invitationId?: string },
  Reason extends string,
  Whole extends string,
>(
  translation: Translation,
  actor: Actor,
  { target, shownIds, asOf }: { target: BulkTarget; shownIds: readonly string[]; asOf?: Date },
  messages: Messages<Reason>,
  command: (invitations: readonly string[]) => Promise<Result<ItemResult<T, Reason>[], Whole>>,
): Promise<Result<InvitationBatch, Whole | InvitationListRefusal | "rights-lost">> {
  // A query reveals who matches, so it needs the permission to read the list.
  if ("query" in target && !actor.permissions.has("invitations:read")) return refused("rights-lost");
  const batch =
    "query" in target
      ? await findNextInvitations(actor, target.query, asOf)
      : done({ ids: target.ids, next: null });
  if (!batch.ok) return batch;
  const { ids, next } = batch.value;
  if (ids.length === 0) return done({ results: [], next, invitations: [], users: [] });
  const result = await command(ids);
  if (!result.ok) return result;
  const changed = result.value.flatMap(({ id, result: each }) =>
    each.ok && shownIds.includes(id) ? { invitationId: id, ...each.value } : [],
  );
  return done({
    results: serializeResults(translation, result.value, messages),
    next,
    ...(await findRowsByIds(actor, changed)),
  });
}
