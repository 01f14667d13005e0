import { note } from "@/lib/activity/note";
import type { Actor, Held } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { refused } from "@/lib/kit/outcome";
import { obstacleTo, type Subject, type UserMove } from "@/lib/members/moves";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import type { GivenPolicy } from "@/lib/members/rights";

/** A member as commands decide about them: what they hold, and where their place stands. */
export type HeldMember = Subject & {
  id: string;
  status: "invited" | "active" | "blocked" | "removed";
  version: number;
  policies: (GivenPolicy & { id: string })[];
};

/**
 * The member with this id in the actor's organization, held until the transaction ends (lock order: organization, which
 * the caller holds to change, then member). Null: not found, and another organization's counts as that.
 */
export async function holdMember(tx: Tx, actor: Actor, member: string): Promise<HeldMember | null> {
  const where = Prisma.sql`m.organization_id = ${actor.organization.id}::uuid AND m.id = ${member}::uuid`;
  await tx.$queryRaw`SELECT FROM member m WHERE ${where} FOR NO KEY UPDATE`;
  // Read by a statement of its own: the one that waited for the lock began before it was free.
  const [row] = await tx.$queryRaw<Omit<HeldMember, "isActor">[]>`
    SELECT m.id, m.role, m.status, m.version, ${isLastOwner} AS "isLastOwner",
           coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'permissions', p.permissions, 'byDefault', p.by_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM member m WHERE ${where}`;
  return row ? { ...row, isActor: row.id === actor.memberId } : null;
}

/** The refusal if something keeps the actor from doing this to the person; undefined: nothing does. */
export function hindered(move: UserMove, held: Held, member: HeldMember) {
  const obstacle = obstacleTo(move, held.rights, member);
  return obstacle ? refused(obstacle) : undefined;
}

/** Moves somebody from one status to another, and says so in their timeline. */
export async function settleAs(
  tx: Tx,
  actor: Actor,
  member: HeldMember,
  to: { status: "active" | "blocked" | "removed"; what: "blocked" | "unblocked" | "removed" | "left" },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE member SET status = ${to.status}, version = version + 1 WHERE id = ${member.id}::uuid`;
  if (to.status === "removed") await detach(tx, actor, member);
  await note(tx, actor, { memberId: member.id }, to.what);
}

/** Without a place there is nothing to hold: policies go, and the account is no business of the organization's any more. */
async function detach(tx: Tx, actor: Actor, { id }: HeldMember): Promise<void> {
  await tx.$executeRaw`
    UPDATE member SET account_id = NULL, joined_at = NULL, address_confirmed = false WHERE id = ${id}::uuid`;
  await tx.$executeRaw`
    DELETE FROM member_policy
    WHERE organization_id = ${actor.organization.id}::uuid AND member_id = ${id}::uuid`;
}
