import { logActivities } from "@/lib/activity/log-activity";
import type { Actor, LockedOrganization } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockMembersById } from "@/lib/db/locks";
import { disabledMemberReason, type MemberAction, type TargetMember } from "@/lib/members/member-actions";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import type { GrantablePolicy } from "@/lib/permissions/rights";
import { refused } from "@/lib/result/result";

/** A locked member with everything that commands decide by. */
export type LockedMember = TargetMember & {
  id: string;
  email: string;
  status: "invited" | "active" | "blocked" | "removed";
  version: number;
  policies: (GrantablePolicy & { id: string })[];
};

/**
 * Locks the members with these ids in the actor's organization until the transaction ends; those of another
 * organization are missing. Lock order: organization, which the caller has locked for update, then members by
 * email.
 */
export async function lockMembers(
  tx: Tx,
  actor: Actor,
  members: readonly string[],
): Promise<ReadonlyMap<string, LockedMember>> {
  await lockMembersById(tx, actor.organization.id, members);
  // A separate statement: the snapshot of the one that waited for the lock is older than the lock.
  const rows = await tx.$queryRaw<Omit<LockedMember, "isActor">[]>`
    SELECT m.id, m.email, m.role, m.status, m.version, ${isLastOwner} AS "isLastOwner",
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'permissions', p.permissions, 'isDefault', p.is_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM member m
    WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ANY(${[...members]}::uuid[])`;
  return new Map(rows.map((row) => [row.id, { ...row, isActor: row.id === actor.memberId }]));
}

/** Locks a single member; null if not found. */
export async function lockMember(tx: Tx, actor: Actor, member: string): Promise<LockedMember | null> {
  return (await lockMembers(tx, actor, [member])).get(member) ?? null;
}

/** Returns the refusal if the actor cannot do this to the member, otherwise undefined. */
export function refuseMemberAction(action: MemberAction, locked: LockedOrganization, member: LockedMember) {
  const reason = disabledMemberReason(action, locked.rights, member);
  return reason ? refused(reason) : undefined;
}

/** Changes the status of members and logs it in their timelines. */
export async function setMemberStatus(
  tx: Tx,
  actor: Actor,
  members: readonly LockedMember[],
  to: { status: "active" | "blocked" | "removed"; type: "blocked" | "unblocked" | "removed" | "left" },
): Promise<void> {
  const ids = members.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE member SET status = ${to.status}, version = version + 1 WHERE id = ANY(${ids}::uuid[])`;
  if (to.status === "removed") await clearMembership(tx, actor, ids);
  await logActivities(
    tx,
    actor,
    to.type,
    ids.map((memberId) => ({ memberId })),
  );
}

/** Clears what only a user of the organization has: access policies and the link to the account. */
async function clearMembership(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE member SET account_id = NULL, joined_at = NULL, address_confirmed = false WHERE id = ANY(${[...ids]}::uuid[])`;
  await tx.$executeRaw`
    DELETE FROM member_policy
    WHERE organization_id = ${actor.organization.id}::uuid AND member_id = ANY(${[...ids]}::uuid[])`;
}
