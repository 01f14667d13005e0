import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, type Held, holdToChange } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { type Answered, only } from "@/lib/lists/bulk";
import { toEach } from "@/lib/members/commands/each";
import { type HeldMember, hindered } from "@/lib/members/commands/subject";
import type { ChangeEachRefusal, ChangeRefusal } from "@/lib/members/messages";
import { makesOwnerless, mayMake, movesOf } from "@/lib/members/moves";
import type { Role } from "@/lib/permissions/roles";
import { done, type Refusal, type Result, refused } from "@/lib/result/result";

/** `version`: the one the screen showed. */
export type Change = { member: string; role: Role; policies: readonly string[]; version: number };

/**
 * Changes role and access policies together, also while the person is invited: the link stays the same (REQ-B7). Refused
 * when somebody else changed the person since the screen was read, above the actor's own rights (REQ-A3), and for the last
 * Owner's role (REQ-A4). What is new has the actor as its giver from now on; what stays keeps the one it had.
 */
export async function change(actor: Actor, input: Change): Promise<Result<null, ChangeRefusal>> {
  const each = await transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "roles:assign");
    if (!held) return refused("rights-lost");
    const policies = await findPolicies(tx, actor, input.policies);
    const isWhole = policies.length === new Set(input.policies).size;
    const gift = { role: input.role, policies };
    const answers = await toEach(
      tx,
      actor,
      [input.member],
      (member) => {
        if (member.version !== input.version) return refused("changed-meanwhile");
        return obstacle(held, member) ?? (isWhole ? ceiling(held, member, gift) : refused("policy-gone"));
      },
      (free) => write(tx, actor, free, () => gift),
    );
    return done(answers);
  });
  return only(each);
}

/**
 * Gives up to 100 people a role, or one more access policy, in one transaction (REQ-C9), each by the rules of `change`.
 * Whoever has it already is answered so; the actor is left out, because a change of their own rights would end what they
 * are doing.
 */
export async function changeEach(
  actor: Actor,
  { members, ...what }: { members: readonly string[] } & ({ role: Role } | { policy: string }),
): Promise<Result<Answered<null, ChangeEachRefusal>[], "rights-lost" | "policy-gone">> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "roles:assign");
    if (!held) return refused("rights-lost");
    const given = "policy" in what ? await findPolicies(tx, actor, [what.policy]) : [];
    if ("policy" in what && given.length === 0) return refused("policy-gone");
    const giftFor = (member: HeldMember) => ({
      role: "role" in what ? what.role : member.role,
      policies: [...member.policies, ...without(given, member.policies)],
    });
    const answers = await toEach<Exclude<ChangeEachRefusal, "not-found">>(
      tx,
      actor,
      members,
      (member) => {
        if (member.isActor) return refused("not-yourself");
        const hindrance = obstacle(held, member);
        if (hindrance) return hindrance;
        const gift = giftFor(member);
        return compare(member, gift) ? ceiling(held, member, gift) : refused("unchanged");
      },
      (free) => write(tx, actor, free, giftFor),
    );
    return done(answers);
  });
}

type Policy = HeldMember["policies"][number];
type Gift = { role: Role; policies: readonly Policy[] };

/** What keeps the actor from changing this person at all. */
function obstacle(held: Held, member: HeldMember) {
  return movesOf(member.status).includes("change")
    ? hindered("change", held, member)
    : refused("changed-meanwhile");
}

/** What keeps the actor from making this of them; null: nothing. */
function ceiling(
  held: Held,
  member: HeldMember,
  gift: Gift,
): Refusal<"above-your-own" | "last-owner"> | null {
  if (!mayMake(held.rights, member, gift, held.defaultRole)) return refused("above-your-own");
  return makesOwnerless(member, gift.role) ? refused("last-owner") : null;
}

/** The policies with these ids in the actor's organization; fewer when one is gone or foreign. */
function findPolicies(tx: Tx, actor: Actor, ids: readonly string[]) {
  return tx.policy.findMany({
    where: { organizationId: actor.organization.id, id: { in: [...ids] } },
    select: { id: true, permissions: true, isDefault: true },
  });
}

type Difference = { role: Role | null; given: string[]; taken: string[] };

function without<One extends { id: string }>(some: readonly One[], others: readonly { id: string }[]): One[] {
  return some.filter(({ id }) => !others.some((other) => other.id === id));
}

/** What is new and what goes; null: nothing. */
function compare(member: HeldMember, gift: Gift): Difference | null {
  const given = without(gift.policies, member.policies).map(({ id }) => id);
  const taken = without(member.policies, gift.policies).map(({ id }) => id);
  const role = gift.role === member.role ? null : gift.role;
  return role || given.length > 0 || taken.length > 0 ? { role, given, taken } : null;
}

/** Makes of each what is due to them, with the same few statements for any number. */
async function write(
  tx: Tx,
  actor: Actor,
  members: readonly HeldMember[],
  giftFor: (member: HeldMember) => Gift,
): Promise<void> {
  const organizationId = actor.organization.id;
  const changes = members.flatMap((member) => {
    const difference = compare(member, giftFor(member));
    return difference ? { id: member.id, from: member.role, ...difference } : [];
  });
  if (changes.length === 0) return;
  const input = JSON.stringify(changes);
  await tx.$executeRaw`
    UPDATE member m SET role = coalesce(c.role, m.role), version = m.version + 1,
           granted_by = CASE WHEN c.role IS NULL THEN m.granted_by ELSE ${actor.memberId}::uuid END
    FROM jsonb_to_recordset(${input}::jsonb) AS c(id uuid, role text) WHERE m.id = c.id`;
  // Invitations are listed by the role they promise.
  if (changes.some(({ role }) => role))
    await tx.$executeRaw`
      UPDATE invitation i SET role = c.role
      FROM jsonb_to_recordset(${input}::jsonb) AS c(id uuid, role text)
      WHERE i.member_id = c.id AND i.organization_id = ${organizationId}::uuid AND i.settled_as IS NULL AND c.role IS NOT NULL`;
  if (changes.some(({ taken }) => taken.length > 0))
    await tx.$executeRaw`
      DELETE FROM member_policy mp
      USING jsonb_to_recordset(${input}::jsonb) AS c(id uuid, taken uuid[])
      WHERE mp.organization_id = ${organizationId}::uuid AND mp.member_id = c.id AND mp.policy_id = ANY(c.taken)`;
  if (changes.some(({ given }) => given.length > 0))
    await tx.$executeRaw`
      INSERT INTO member_policy (organization_id, member_id, policy_id, granted_by)
      SELECT ${organizationId}::uuid, c.id, unnest(c.given), ${actor.memberId}::uuid
      FROM jsonb_to_recordset(${input}::jsonb) AS c(id uuid, given uuid[])`;
  await logActivities(
    tx,
    actor,
    "changed",
    changes.map(({ id, from, role, given, taken }) => ({
      memberId: id,
      data: {
        ...(role ? { from, role } : {}),
        ...(given.length > 0 ? { given: given.join() } : {}),
        ...(taken.length > 0 ? { taken: taken.join() } : {}),
      },
    })),
  );
}
