import { logActivities } from "@/lib/activity/log-activity";
import { type Actor, type LockedOrganization, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { copyRoles } from "@/lib/db/copies";
import { type ItemResult, unwrapSingle } from "@/lib/lists/bulk";
import { forEachMember } from "@/lib/members/commands/for-each-member";
import { type LockedMember, refuseMemberAction } from "@/lib/members/commands/lock";
import { allowedMemberActions, canChangeTo, removesLastOwner } from "@/lib/members/member-actions";
import type { UpdateMemberRefusal, UpdateMembersRefusal } from "@/lib/members/messages";
import type { Role } from "@/lib/permissions/roles";
import { done, type Refusal, type Result, refused } from "@/lib/result/result";

/** `version`: the one that the screen showed. */
export type MemberUpdate = { member: string; role: Role; policies: readonly string[]; version: number };

/**
 * Changes a member's role and access policies, even before they have joined; the link stays the same
 * (REQ-B7). Refused after a concurrent change of the member, above the actor's ceiling (REQ-A3), and for the
 * last Owner's role (REQ-A4). The actor becomes the grantor of what is new; what stays keeps its grantor.
 */
export async function updateMember(
  actor: Actor,
  input: MemberUpdate,
): Promise<Result<null, UpdateMemberRefusal>> {
  const results = await transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "roles:assign", "update");
    if (!locked) return refused("rights-lost");
    const policies = await findPolicies(tx, actor, input.policies);
    const allExist = policies.length === new Set(input.policies).size;
    const assignment = { role: input.role, policies };
    return done(
      await forEachMember(
        tx,
        actor,
        [input.member],
        (member) => {
          if (member.version !== input.version) return refused("changed-concurrently");
          return (
            checkTarget(locked, member) ??
            (allExist ? checkCeiling(locked, member, assignment) : refused("policy-gone"))
          );
        },
        (eligible) => writeAssignments(tx, actor, eligible, () => assignment),
      ),
    );
  });
  return unwrapSingle(results);
}

/**
 * Gives up to 100 members a role, or one more access policy, in one transaction (REQ-C9), by the rules of
 * `updateMember`. Members who already have it are reported as unchanged. The actor is skipped, because
 * changing their own rights would end the bulk action.
 */
export async function updateMembers(
  actor: Actor,
  { members, ...change }: { members: readonly string[] } & ({ role: Role } | { policy: string }),
): Promise<Result<ItemResult<null, UpdateMembersRefusal>[], "rights-lost" | "policy-gone">> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "roles:assign", "update");
    if (!locked) return refused("rights-lost");
    const added = "policy" in change ? await findPolicies(tx, actor, [change.policy]) : [];
    if ("policy" in change && added.length === 0) return refused("policy-gone");
    const assignmentFor = (member: LockedMember) => ({
      role: "role" in change ? change.role : member.role,
      policies: [...member.policies, ...without(added, member.policies)],
    });
    const results = await forEachMember<Exclude<UpdateMembersRefusal, "not-found">>(
      tx,
      actor,
      members,
      (member) => {
        if (member.isActor) return refused("not-yourself");
        const refusal = checkTarget(locked, member);
        if (refusal) return refusal;
        const assignment = assignmentFor(member);
        return diff(member, assignment) ? checkCeiling(locked, member, assignment) : refused("unchanged");
      },
      (eligible) => writeAssignments(tx, actor, eligible, assignmentFor),
    );
    return done(results);
  });
}

type Policy = LockedMember["policies"][number];
type Assignment = { role: Role; policies: readonly Policy[] };

/** Returns the refusal if the actor cannot change this member at all. */
function checkTarget(locked: LockedOrganization, member: LockedMember) {
  return allowedMemberActions(member.status).includes("change")
    ? refuseMemberAction("change", locked, member)
    : refused("changed-concurrently");
}

/** Returns the refusal if the actor cannot give the member this assignment. */
function checkCeiling(
  locked: LockedOrganization,
  member: LockedMember,
  assignment: Assignment,
): Refusal<"exceeds-ceiling" | "last-owner"> | null {
  if (!canChangeTo(locked.rights, member, assignment, locked.defaultRole)) return refused("exceeds-ceiling");
  return removesLastOwner(member, assignment.role) ? refused("last-owner") : null;
}

/**
 * Returns the policies with these ids in the actor's organization; deleted ones and those of other
 * organizations are missing.
 */
function findPolicies(tx: Tx, actor: Actor, ids: readonly string[]) {
  return tx.policy.findMany({
    where: { organizationId: actor.organization.id, id: { in: [...ids] } },
    select: { id: true, permissions: true, isDefault: true },
  });
}

/** `role` is null if it stays; `added` and `removed` are ids of policies. */
type Difference = { role: Role | null; added: string[]; removed: string[] };

function without<Item extends { id: string }>(
  items: readonly Item[],
  excluded: readonly { id: string }[],
): Item[] {
  return items.filter(({ id }) => !excluded.some((other) => other.id === id));
}

/** Returns what the assignment changes, or null if nothing. */
function diff(member: LockedMember, assignment: Assignment): Difference | null {
  const added = without(assignment.policies, member.policies).map(({ id }) => id);
  const removed = without(member.policies, assignment.policies).map(({ id }) => id);
  const role = assignment.role === member.role ? null : assignment.role;
  return role || added.length > 0 || removed.length > 0 ? { role, added, removed } : null;
}

/** Writes the assignment of each member, with the same few statements for any number of members. */
async function writeAssignments(
  tx: Tx,
  actor: Actor,
  members: readonly LockedMember[],
  assignmentFor: (member: LockedMember) => Assignment,
): Promise<void> {
  const organizationId = actor.organization.id;
  const changes = members.flatMap((member) => {
    const difference = diff(member, assignmentFor(member));
    return difference ? { id: member.id, from: member.role, ...difference } : [];
  });
  if (changes.length === 0) return;
  const input = JSON.stringify(changes);
  await tx.$executeRaw`
    UPDATE member m SET role = coalesce(c.role, m.role), version = m.version + 1,
           granted_by = CASE WHEN c.role IS NULL THEN m.granted_by ELSE ${actor.memberId}::uuid END
    FROM jsonb_to_recordset(${input}::jsonb) AS c(id uuid, role text) WHERE m.id = c.id`;
  // The list of invitations filters by the role on the invitation.
  if (changes.some(({ role }) => role))
    await copyRoles(
      tx,
      organizationId,
      changes.flatMap(({ id, role }) => (role ? id : [])),
    );
  if (changes.some(({ removed }) => removed.length > 0))
    await tx.$executeRaw`
      DELETE FROM member_policy mp
      USING jsonb_to_recordset(${input}::jsonb) AS c(id uuid, removed uuid[])
      WHERE mp.organization_id = ${organizationId}::uuid AND mp.member_id = c.id AND mp.policy_id = ANY(c.removed)`;
  if (changes.some(({ added }) => added.length > 0))
    await tx.$executeRaw`
      INSERT INTO member_policy (organization_id, member_id, policy_id, granted_by)
      SELECT ${organizationId}::uuid, c.id, unnest(c.added), ${actor.memberId}::uuid
      FROM jsonb_to_recordset(${input}::jsonb) AS c(id uuid, added uuid[])`;
  await logActivities(
    tx,
    actor,
    "changed",
    changes.map(({ id, from, role, added, removed }) => ({
      memberId: id,
      // `given` and `taken` are the keys in stored entries.
      data: {
        ...(role ? { from, role } : {}),
        ...(added.length > 0 ? { given: added.join() } : {}),
        ...(removed.length > 0 ? { taken: removed.join() } : {}),
      },
    })),
  );
}
