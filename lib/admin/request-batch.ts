import type { Whom } from "@/lib/admin/invitation-batch";
import { findChanged } from "@/lib/admin/queries/rows";
import type { Actor } from "@/lib/auth/actor";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import { type Answered, type BulkBatch, toAnswers } from "@/lib/lists/bulk";
import type { UserRow } from "@/lib/members/queries/list";
import type { RequestListRefusal } from "@/lib/requests/messages";
import { findRequests, type RequestRow } from "@/lib/requests/queries/list";
import { nextMatches } from "@/lib/requests/queries/matches";
import { done, type Messages, type Result, refused } from "@/lib/result/result";

/** The rows of the three lists that an answer has made or changed, as far as the actor may read them. */
export type Changed = { requests: RequestRow[]; invitations: InvitationRow[]; users: UserRow[] };

type Made = { invitationId?: string; memberId?: string } | null;

/** What answering these requests has changed. */
export async function findAnswered(
  actor: Actor,
  answered: readonly { id: string; made: Made }[],
): Promise<Changed> {
  const ids = answered.map(({ id }) => id);
  const requests = actor.permissions.has("requests:read") ? await findRequests(actor, ids) : [];
  return {
    requests,
    ...(await findChanged(
      actor,
      answered.flatMap(({ made }) => made ?? []),
    )),
  };
}

/** Does one batch of a bulk action by its command: the answer for each, and the changed rows of those that are shown. */
export async function doBatch<T extends Made, Reason extends string, Whole extends string>(
  actor: Actor,
  { whom, shown }: { whom: Whom; shown: readonly string[] },
  words: Messages<Reason>,
  command: (requests: readonly string[]) => Promise<Result<Answered<T, Reason>[], Whole>>,
): Promise<Result<BulkBatch & Changed, Whole | RequestListRefusal | "rights-lost">> {
  // Who may not read the list cannot ask it who matches.
  if ("query" in whom && !actor.permissions.has("requests:read")) return refused("rights-lost");
  const batch = "query" in whom ? await nextMatches(actor, whom.query) : done({ ids: whom.ids, next: null });
  if (!batch.ok) return batch;
  const { ids, next } = batch.value;
  if (ids.length === 0) return done({ answers: [], next, requests: [], invitations: [], users: [] });
  const outcome = await command(ids);
  if (!outcome.ok) return outcome;
  const answered = outcome.value.flatMap(({ id, outcome: each }) =>
    each.ok && shown.includes(id) ? [{ id, made: each.value }] : [],
  );
  return done({ answers: toAnswers(outcome.value, words), next, ...(await findAnswered(actor, answered)) });
}
