import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { takeTurn } from "@/lib/mail/quota";
import { movesFrom, type RequestMove, type RequestStatus, statusOf } from "@/lib/requests/status";

/** A request as its commands decide about it; `memberId`: who is, or was, here with its address. */
export type Target = { id: string; email: string; status: RequestStatus; memberId: string | null };

/**
 * The confirmed requests with these ids in the actor's organization, each held by the turn of its address until the
 * transaction ends (decision 0030): whoever answers one, or invites its address, waits. Another organization's are not found.
 */
export async function holdTargets(
  tx: Tx,
  actor: Actor,
  requests: readonly string[],
): Promise<ReadonlyMap<string, Target>> {
  // Only the addresses are taken from the first reading, which never change.
  const seen = await read(tx, actor, requests);
  await takeTurn(tx, [actor.memberId, ...seen.map(({ email }) => email)]);
  return new Map((await read(tx, actor, requests)).map((target) => [target.id, target]));
}

async function read(tx: Tx, actor: Actor, requests: readonly string[]): Promise<Target[]> {
  const rows = await tx.$queryRaw<
    (Omit<Target, "status"> & { status: "pending" | "approved" | "dismissed"; stale: boolean })[]
  >`
    SELECT r.id, r.email, r.status, r.stale, m.id AS "memberId"
    FROM invitation_request r
    LEFT JOIN member m ON m.organization_id = r.organization_id AND m.email = r.email
    WHERE r.id = ANY(${[...requests]}::uuid[]) AND r.organization_id = ${actor.organization.id}::uuid
      AND r.status IN ('pending', 'approved', 'dismissed')`;
  return rows.map(({ stale, ...row }) => ({ ...row, status: statusOf({ ...row, stale }) }));
}

/** Why this cannot be done about a request; null: it can. */
export function hindrance(
  move: RequestMove,
  target: Target | undefined,
): "not-found" | "already-a-user" | "answered-meanwhile" | null {
  if (!target) return "not-found";
  if (movesFrom(target.status).includes(move)) return null;
  return target.status === "stale" ? "already-a-user" : "answered-meanwhile";
}
