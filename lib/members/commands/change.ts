import { note } from "@/lib/activity/note";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { type HeldMember, hindered, holdMember } from "@/lib/members/commands/subject";
import type { ChangeRefusal } from "@/lib/members/messages";
import { makesOwnerless, mayMake, movesOf } from "@/lib/members/moves";
import type { GivenPolicy } from "@/lib/members/rights";
import type { Role } from "@/lib/members/roles";

/** `version`: the one the screen showed. */
export type Change = { member: string; role: Role; policies: readonly string[]; version: number };

/**
 * Changes role and access policies together, also while the person is invited: the link stays the same (R B7). Refused
 * when somebody else changed the person since the screen was read, above the actor's own rights (R A3), and for the last
 * Owner's role (R A4). What is new has the actor as its giver from now on; what stays keeps the one it had.
 */
export async function change(actor: Actor, input: Change): Promise<Outcome<null, ChangeRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "roles:assign");
    if (!held) return refused("rights-lost");
    const member = await holdMember(tx, actor, input.member);
    if (!member) return refused("not-found");
    if (member.version !== input.version || !movesOf(member.status).includes("change"))
      return refused("changed-meanwhile");
    const hindrance = hindered("change", held, member);
    if (hindrance) return hindrance;
    const policies = await findPolicies(tx, actor, input.policies);
    if (policies.length !== new Set(input.policies).size) return refused("policy-gone");
    if (!mayMake(held.rights, member, { role: input.role, policies }, held.defaultRole))
      return refused("above-your-own");
    if (makesOwnerless(member, input.role)) return refused("last-owner");

    const difference = compare(member, input.role, policies);
    if (difference) await write(tx, actor, member, difference);
    return done(null);
  });
}

/** The policies with these ids in the actor's organization; fewer when one is gone or foreign. */
function findPolicies(tx: Tx, actor: Actor, ids: readonly string[]) {
  return tx.policy.findMany({
    where: { organizationId: actor.organization.id, id: { in: [...ids] } },
    select: { id: true, permissions: true, byDefault: true },
  });
}

type Difference = { role: Role | null; given: string[]; taken: string[] };

/** What is new and what goes; null: nothing. */
function compare(
  member: HeldMember,
  role: Role,
  wanted: readonly (GivenPolicy & { id: string })[],
): Difference | null {
  const without = (some: readonly { id: string }[], others: readonly { id: string }[]) =>
    some.map(({ id }) => id).filter((id) => !others.some((other) => other.id === id));
  const [given, taken] = [without(wanted, member.policies), without(member.policies, wanted)];
  const newRole = role === member.role ? null : role;
  return newRole || given.length > 0 || taken.length > 0 ? { role: newRole, given, taken } : null;
}

async function write(
  tx: Tx,
  actor: Actor,
  member: HeldMember,
  { role, given, taken }: Difference,
): Promise<void> {
  const organizationId = actor.organization.id;
  await tx.$executeRaw`
    UPDATE member SET role = coalesce(${role}, role), version = version + 1,
           given_by = CASE WHEN ${role}::text IS NULL THEN given_by ELSE ${actor.memberId}::uuid END
    WHERE id = ${member.id}::uuid`;
  // Invitations are listed by the role they promise.
  if (role)
    await tx.$executeRaw`
      UPDATE invitation SET role = ${role} WHERE member_id = ${member.id}::uuid AND settled_as IS NULL`;
  await tx.$executeRaw`
    DELETE FROM member_policy
    WHERE organization_id = ${organizationId}::uuid AND member_id = ${member.id}::uuid AND policy_id = ANY(${taken}::uuid[])`;
  await tx.$executeRaw`
    INSERT INTO member_policy (organization_id, member_id, policy_id, given_by)
    SELECT ${organizationId}::uuid, ${member.id}::uuid, policy_id, ${actor.memberId}::uuid
    FROM unnest(${given}::uuid[]) policy_id`;
  await note(tx, actor, { memberId: member.id }, "changed", {
    ...(role ? { from: member.role, role } : {}),
    ...(given.length > 0 ? { given: given.join() } : {}),
    ...(taken.length > 0 ? { taken: taken.join() } : {}),
  });
}
