import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { holdPolicy } from "@/lib/policies/commands/hold";
import type { DeletePolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** Milliseconds: every row of those who have it is written, some ten seconds for a hundred thousand. */
const DELETING = 10 * 60_000;

/**
 * Deletes an access policy and takes it from everybody who has it, the invited included (REQ-G2). Refused for the built-in
 * ones, and for one that grants more than the actor holds (REQ-A3). Its name stays for the log alone.
 */
export async function remove(
  actor: Actor,
  input: { policy: string; version: number },
): Promise<Result<null, DeletePolicyRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "policies:manage");
    if (!held) return refused("rights-lost");
    const found = await holdPolicy(tx, actor, held.rights, input);
    if (!found.ok) return found;
    const policy = found.value;
    const { id: organizationId } = actor.organization;
    const [had] = await tx.$queryRaw<{ people: number }[]>`
      SELECT count(*)::int AS people FROM member_policy mp JOIN member m ON m.id = mp.member_id AND m.status <> 'removed'
      WHERE mp.organization_id = ${organizationId}::uuid AND mp.policy_id = ${input.policy}::uuid`;
    await tx.deletedPolicy.create({ data: { id: input.policy, organizationId, name: policy.name } });
    // Those who have it lose it with the row.
    await tx.policy.delete({ where: { id: input.policy } });
    await logOrganizationChange(tx, actor, "policy-deleted", {
      policy: input.policy,
      people: String(had?.people ?? 0),
    });
    return done(null);
  }, DELETING);
}
