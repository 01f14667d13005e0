import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockPolicy } from "@/lib/policies/commands/lock";
import type { DeletePolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** In milliseconds. Updates the row of everyone who has the policy, about 10 s per 100,000 people. */
const DELETE_TIMEOUT = 10 * 60_000;

/**
 * Deletes an access policy and removes it from everyone who has it, including invited users (REQ-G2). Refused
 * for built-in policies and for those that grant more than the actor has (REQ-A3). The name is kept for the
 * activity log.
 */
export async function deletePolicy(
  actor: Actor,
  input: { policy: string; version: number },
): Promise<Result<null, DeletePolicyRefusal>> {
  return transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor, "policies:manage", "update");
    if (!organization) return refused("rights-lost");
    const locked = await lockPolicy(tx, actor, organization.rights, input);
    if (!locked.ok) return locked;
    const policy = locked.value;
    const { id: organizationId } = actor.organization;
    const [count] = await tx.$queryRaw<{ people: number }[]>`
      SELECT count(*)::int AS people
      FROM member_policy mp JOIN member m ON m.id = mp.member_id AND m.status <> 'removed'
      WHERE mp.organization_id = ${organizationId}::uuid AND mp.policy_id = ${input.policy}::uuid`;
    await tx.deletedPolicy.create({ data: { id: input.policy, organizationId, name: policy.name } });
    // Cascades to the assignments.
    await tx.policy.delete({ where: { id: input.policy } });
    await logOrganizationChange(tx, actor, "policy-deleted", {
      policy: input.policy,
      people: String(count?.people ?? 0),
    });
    return done(null);
  }, DELETE_TIMEOUT);
}
