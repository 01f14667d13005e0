import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { coversAll, holdPolicy, inLog, isNameTaken } from "@/lib/policies/commands/hold";
import type { ChangePolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Changes name and permissions of an access policy, for everybody who has it at once (REQ-G2). Nobody puts in what they do
 * not hold, nor changes a policy that grants more than they hold (REQ-A3); and nobody but an Owner adds to a policy of
 * their own a free string that they do not hold, which would be editing oneself up. `version` is the one that was
 * looked at.
 */
export async function change(
  actor: Actor,
  input: { policy: string; version: number; name: string; permissions: readonly string[] },
): Promise<Result<null, ChangePolicyRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "policies:manage");
    if (!held) return refused("rights-lost");
    const found = await holdPolicy(tx, actor, held.rights, input);
    if (!found.ok) return found;
    const policy = found.value;
    if (!coversAll(held.rights, input.permissions)) return refused("above-you");
    const added = without(input.permissions, policy.permissions);
    if (
      policy.isOwn &&
      held.rights.role !== "owner" &&
      added.some((one) => !held.rights.permissions.has(one))
    )
      return refused("own-policy");
    if (await isNameTaken(tx, actor, input.name, input.policy)) return refused("name-taken");
    await tx.policy.update({
      where: { id: input.policy },
      data: { name: input.name, permissions: [...input.permissions], version: { increment: 1 } },
    });
    await logOrganizationChange(tx, actor, "policy-changed", {
      policy: input.policy,
      ...(input.name === policy.name ? {} : { renamed: "yes" }),
      ...inLog("added", added),
      ...inLog("removed", without(policy.permissions, input.permissions)),
    });
    return done(null);
  });
}

function without(these: readonly string[], those: readonly string[]): string[] {
  return these.filter((one) => !those.includes(one));
}
