import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, hold } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { send } from "@/lib/jobs/queue";
import { type Answered, only } from "@/lib/lists/bulk";
import { hindrance, holdTargets, type Target } from "@/lib/requests/commands/target";
import type { DismissRefusal } from "@/lib/requests/messages";
import { FORGET_DAYS } from "@/lib/requests/status";
import { done, type Result, refused } from "@/lib/result/result";

/** **Dismiss** (REQ-E3) for one: see `dismissEach`. */
export async function dismiss(
  actor: Actor,
  { request }: { request: string },
): Promise<Result<null, DismissRefusal | "rights-lost">> {
  return only(await dismissEach(actor, { requests: [request] }));
}

/** Dismisses requests, also those of people who are users by now (REQ-E4), up to 100 in one transaction. Nobody is told. */
export async function dismissEach(
  actor: Actor,
  { requests }: { requests: readonly string[] },
): Promise<Result<Answered<null, DismissRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    if (!(await hold(tx, actor, "requests:dismiss"))) return refused("rights-lost");
    const targets = await holdTargets(tx, actor, requests);
    const gone = await write(
      tx,
      actor,
      [...targets.values()].filter((target) => !hindrance("dismiss", target)),
    );
    return done(
      [...new Set(requests)].map((id) => {
        const target = targets.get(id);
        const reason = target ? "answered-meanwhile" : "not-found";
        return {
          id,
          member: target?.memberId ?? undefined,
          email: target?.email ?? "",
          outcome: gone.has(id) ? done(null) : refused(reason),
        };
      }),
    );
  });
}

/** Answers which of them were open: a join may have answered one a moment ago. */
async function write(tx: Tx, actor: Actor, targets: readonly Target[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE invitation_request SET status = 'dismissed', settled_at = clock_timestamp(),
           settled_by = ${actor.memberId}::uuid
    WHERE id = ANY(${targets.map(({ id }) => id)}::uuid[]) AND status = 'pending' RETURNING id`;
  const gone = new Set(rows.map(({ id }) => id));
  if (gone.size === 0) return gone;
  await logActivities(
    tx,
    actor,
    "request-dismissed",
    targets.flatMap(({ id, memberId }) =>
      gone.has(id) ? [{ memberId: memberId ?? undefined, data: { request: id } }] : [],
    ),
  );
  const jobs = [...gone].map((request) => ({ request }));
  await send(tx, "requests", jobs, FORGET_DAYS * 86_400);
  return gone;
}
