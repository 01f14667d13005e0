import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { enqueueJobs } from "@/lib/jobs/queue";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import { disabledRequestReason, lockRequests, type RequestForUpdate } from "@/lib/requests/commands/lock";
import type { DismissRequestRefusal } from "@/lib/requests/messages";
import { DISMISSED_RETENTION_DAYS } from "@/lib/requests/status";
import { done, type Result, refused } from "@/lib/result/result";

/** Dismisses one request (REQ-E3). See `dismissRequests`. */
export async function dismissRequest(
  actor: Actor,
  { request }: { request: string },
): Promise<Result<null, DismissRequestRefusal | "rights-lost">> {
  return unwrapSingle(await dismissRequests(actor, { requests: [request] }));
}

/**
 * Dismisses up to 100 requests in one transaction, including those of people who have since become users
 * (REQ-E4). The requesters are not notified.
 */
export async function dismissRequests(
  actor: Actor,
  { requests }: { requests: readonly string[] },
): Promise<Result<ItemResult<null, DismissRequestRefusal>[], "rights-lost">> {
  return transaction(async (tx) => {
    if (!(await lockOrganization(tx, actor, "requests:dismiss", "share"))) return refused("rights-lost");
    const lockedRequests = await lockRequests(tx, actor, requests);
    const dismissed = await dismissPending(
      tx,
      actor,
      [...lockedRequests.values()].filter((request) => !disabledRequestReason("dismiss", request)),
    );
    return done(
      [...new Set(requests)].map((id) => {
        const request = lockedRequests.get(id);
        const reason = request ? "already-answered" : "not-found";
        return {
          id,
          member: request?.memberId ?? undefined,
          email: request?.email ?? "",
          result: dismissed.has(id) ? done(null) : refused(reason),
        };
      }),
    );
  });
}

/** Returns the ids that it dismissed: a join may have closed a request since it was read. */
async function dismissPending(
  tx: Tx,
  actor: Actor,
  requests: readonly RequestForUpdate[],
): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE invitation_request SET status = 'dismissed', settled_at = clock_timestamp(),
           settled_by = ${actor.memberId}::uuid
    WHERE id = ANY(${requests.map(({ id }) => id)}::uuid[]) AND status = 'pending' RETURNING id`;
  const dismissed = new Set(rows.map(({ id }) => id));
  if (dismissed.size === 0) return dismissed;
  await logActivities(
    tx,
    actor,
    "request-dismissed",
    requests.flatMap(({ id, memberId }) =>
      dismissed.has(id) ? [{ memberId: memberId ?? undefined, data: { request: id } }] : [],
    ),
  );
  const jobs = [...dismissed].map((request) => ({ request }));
  await enqueueJobs(tx, "requests", jobs, DISMISSED_RETENTION_DAYS * 86_400);
  return dismissed;
}
