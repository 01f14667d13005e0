import { logActivities } from "@/lib/activity/log-activity";
import type { Actor, Held } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { obstacleTo, type Subject, type UserMove } from "@/lib/members/moves";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import type { GivenPolicy } from "@/lib/permissions/rights";
import { refused } from "@/lib/result/result";

/** A member as commands decide about them: what they hold, and where their place stands. */
export type HeldMember = Subject & {
  id: string;
  email: string;
  status: "invited" | "active" | "blocked" | "removed";
  version: number;
  policies: (GivenPolicy & { id: string })[];
};

/**
 * The members with these ids in the actor's organization, held until the transaction ends (lock order: organization, which
 * the caller holds to change, then members by address). Another organization's are not found.
 */
export async function holdMembers(
  tx: Tx,
  actor: Actor,
  members: readonly string[],
): Promise<ReadonlyMap<string, HeldMember>> {
  const where = Prisma.sql`m.organization_id = ${actor.organization.id}::uuid AND m.id = ANY(${[...members]}::uuid[])`;
  await tx.$queryRaw`SELECT FROM member m WHERE ${where} ORDER BY m.email COLLATE "C" FOR NO KEY UPDATE`;
  // Read by a statement of its own: the one that waited for the lock began before it was free.
  const rows = await tx.$queryRaw<Omit<HeldMember, "isActor">[]>`
    SELECT m.id, m.email, m.role, m.status, m.version, ${isLastOwner} AS "isLastOwner",
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'permissions', p.permissions, 'isDefault', p.is_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM member m WHERE ${where}`;
  return new Map(rows.map((row) => [row.id, { ...row, isActor: row.id === actor.memberId }]));
}

/** As `holdMembers`, for one. */
export async function holdMember(tx: Tx, actor: Actor, member: string): Promise<HeldMember | null> {
  return (await holdMembers(tx, actor, [member])).get(member) ?? null;
}

/** The refusal if something keeps the actor from doing this to the person; undefined: nothing does. */
export function hindered(move: UserMove, held: Held, member: HeldMember) {
  const obstacle = obstacleTo(move, held.rights, member);
  return obstacle ? refused(obstacle) : undefined;
}

/** Moves people from one status to another, and says so in their timelines. */
export async function settleAs(
  tx: Tx,
  actor: Actor,
  members: readonly HeldMember[],
  to: { status: "active" | "blocked" | "removed"; type: "blocked" | "unblocked" | "removed" | "left" },
): Promise<void> {
  const ids = members.map(({ id }) => id);
  await tx.$executeRaw`
    UPDATE member SET status = ${to.status}, version = version + 1 WHERE id = ANY(${ids}::uuid[])`;
  if (to.status === "removed") await detach(tx, actor, ids);
  await logActivities(
    tx,
    actor,
    to.type,
    ids.map((memberId) => ({ memberId })),
  );
}

/** Without a place there is nothing to hold: policies go, and the account is no business of the organization's any more. */
async function detach(tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE member SET account_id = NULL, joined_at = NULL, address_confirmed = false WHERE id = ANY(${[...ids]}::uuid[])`;
  await tx.$executeRaw`
    DELETE FROM member_policy
    WHERE organization_id = ${actor.organization.id}::uuid AND member_id = ANY(${[...ids]}::uuid[])`;
}
