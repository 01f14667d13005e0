import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { room } from "@/lib/invitations/commands/daily-limits";
import { type InvitationStatus, type Settled, statusOf } from "@/lib/invitations/status";
import type { GivenPolicy } from "@/lib/members/rights";
import type { Role } from "@/lib/members/roles";

/** An invitation as its commands decide about it: what it promises, and how it stands by the database's clock. */
export type Target = {
  id: string;
  memberId: string;
  email: string;
  keyId: number;
  role: Role;
  policies: GivenPolicy[];
  status: InvitationStatus;
  resendCount: number;
};

/**
 * The invitation with this id in the actor's organization, its member held until the transaction ends (lock order:
 * organization, member, invitation). Null: not found, and another organization's counts as that.
 */
export async function holdTarget(tx: Tx, actor: Actor, invitation: string): Promise<Target | null> {
  await tx.$queryRaw`
    SELECT FROM member m JOIN invitation i ON i.member_id = m.id
    WHERE i.id = ${invitation}::uuid AND i.organization_id = ${actor.organization.id}::uuid FOR NO KEY UPDATE OF m`;
  // Read by a statement of its own: the one that waited for the lock began before it was free.
  return readTarget(tx, actor, invitation);
}

/**
 * As `holdTarget`, for a command that sends a letter: with the daily limits of sender and recipient, whose locks come
 * before the member's as they do when inviting. The other way round a resend and an invite of the same address
 * waited for each other for ever.
 */
export async function holdToSend(
  tx: Tx,
  actor: Actor,
  invitation: string,
): Promise<{ target: Target; limit: "recipient-limit" | "your-limit" | null } | null> {
  // Only the address is taken from it, which never changes.
  const seen = await readTarget(tx, actor, invitation);
  if (!seen) return null;
  const { full, mine } = await room(tx, actor, [seen.email]);
  const target = await holdTarget(tx, actor, invitation);
  if (!target) return null;
  return { target, limit: full.size > 0 ? "recipient-limit" : mine === 0 ? "your-limit" : null };
}

/** As `holdTarget`, without holding anything: for reading alone. */
export async function readTarget(tx: Tx, actor: Actor, invitation: string): Promise<Target | null> {
  const [row] = await tx.$queryRaw<
    (Omit<Target, "status"> & { settledAs: Settled | null; expiresAt: Date; now: Date })[]
  >`
    SELECT i.id, m.id AS "memberId", i.email, i.key_id AS "keyId", m.role, i.resend_count AS "resendCount",
           i.settled_as AS "settledAs", i.expires_at AS "expiresAt", clock_timestamp() AS now,
           coalesce((SELECT jsonb_agg(jsonb_build_object('permissions', p.permissions, 'byDefault', p.by_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM invitation i JOIN member m ON m.id = i.member_id
    WHERE i.id = ${invitation}::uuid AND i.organization_id = ${actor.organization.id}::uuid`;
  if (!row) return null;
  const { settledAs, expiresAt, now, ...target } = row;
  return { ...target, status: statusOf({ settledAs, expiresAt }, now) };
}
