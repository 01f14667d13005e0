import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockQuota } from "@/lib/db/locks";
import {
  allowedRequestActions,
  type RequestAction,
  type RequestStatus,
  requestStatusOf,
} from "@/lib/requests/status";

/** A locked request; `memberId` is the current or former member with its address. */
export type RequestForUpdate = {
  id: string;
  email: string;
  /** The language in which it was made. */
  language: string;
  status: RequestStatus;
  memberId: string | null;
};

/**
 * Locks the confirmed requests with these ids in the actor's organization, by id, until the transaction ends.
 * The lock is the quota lock of each address (decision 0030), so concurrent answers to a request and
 * invitations of its address wait. Requests of other organizations are not found.
 */
export async function lockRequests(
  tx: Tx,
  actor: Actor,
  requests: readonly string[],
): Promise<ReadonlyMap<string, RequestForUpdate>> {
  // Reads before locking only to learn the addresses, which never change; everything else is read again
  // afterwards.
  const unlocked = await findConfirmedRequests(tx, actor, requests);
  await lockQuota(tx, [actor.memberId, ...unlocked.map(({ email }) => email)]);
  return new Map((await findConfirmedRequests(tx, actor, requests)).map((request) => [request.id, request]));
}

async function findConfirmedRequests(
  tx: Tx,
  actor: Actor,
  requests: readonly string[],
): Promise<RequestForUpdate[]> {
  const rows = await tx.$queryRaw<
    (Omit<RequestForUpdate, "status"> & { status: "pending" | "approved" | "dismissed"; stale: boolean })[]
  >`
    SELECT r.id, r.email, r.language, r.status, r.stale, m.id AS "memberId"
    FROM invitation_request r
    LEFT JOIN member m ON m.organization_id = r.organization_id AND m.email = r.email
    WHERE r.id = ANY(${[...requests]}::uuid[]) AND r.organization_id = ${actor.organization.id}::uuid
      AND r.status IN ('pending', 'approved', 'dismissed')`;
  return rows.map(({ stale, ...row }) => ({ ...row, status: requestStatusOf({ ...row, stale }) }));
}

/** Returns why the action is not possible for this request, or null if it is. */
export function disabledRequestReason(
  action: RequestAction,
  request: RequestForUpdate | undefined,
): "not-found" | "already-a-user" | "already-answered" | null {
  if (!request) return "not-found";
  if (allowedRequestActions(request.status).includes(action)) return null;
  return request.status === "stale" ? "already-a-user" : "already-answered";
}
