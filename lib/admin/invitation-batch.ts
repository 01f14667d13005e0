import { findChanged } from "@/lib/admin/queries/rows";
import type { Actor } from "@/lib/auth/actor";
import type { ListRefusal } from "@/lib/invitations/messages";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { nextMatches } from "@/lib/invitations/queries/matches";
import { type Answered, type BulkBatch, toAnswers } from "@/lib/lists/bulk";
import type { UserRow } from "@/lib/members/queries/list";
import { done, type Messages, type Result, refused } from "@/lib/result/result";

/** Up to 100 invitations by their ids, or the next hundred of all that match. */
export type Whom = { ids: string[] } | { query: string };

export type InvitationBatch = BulkBatch & { invitations: InvitationRow[]; users: UserRow[] };

/** Does one batch of a bulk action by its command: the answer for each, and the changed rows of those that are shown. */
export async function doBatch<
  T extends { memberId: string; invitationId?: string },
  Reason extends string,
  Whole extends string,
>(
  actor: Actor,
  { whom, shown, asOf }: { whom: Whom; shown: readonly string[]; asOf?: Date },
  words: Messages<Reason>,
  command: (invitations: readonly string[]) => Promise<Result<Answered<T, Reason>[], Whole>>,
): Promise<Result<InvitationBatch, Whole | ListRefusal | "rights-lost">> {
  // Who may not read the list cannot ask it who matches.
  if ("query" in whom && !actor.permissions.has("invitations:read")) return refused("rights-lost");
  const batch =
    "query" in whom ? await nextMatches(actor, whom.query, asOf) : done({ ids: whom.ids, next: null });
  if (!batch.ok) return batch;
  const { ids, next } = batch.value;
  if (ids.length === 0) return done({ answers: [], next, invitations: [], users: [] });
  const outcome = await command(ids);
  if (!outcome.ok) return outcome;
  const changed = outcome.value.flatMap(({ id, outcome: each }) =>
    each.ok && shown.includes(id) ? { invitationId: id, ...each.value } : [],
  );
  return done({ answers: toAnswers(outcome.value, words), next, ...(await findChanged(actor, changed)) });
}
