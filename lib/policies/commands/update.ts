import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import {
  canGrantPermissions,
  isPolicyNameTaken,
  lockPolicy,
  permissionLogData,
} from "@/lib/policies/commands/lock";
import type { UpdatePolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Changes the name and permissions of an access policy for everyone who has it (REQ-G2). Refuses permissions
 * that the actor does not have, and policies that grant more than the actor has (REQ-A3). Only an Owner can
 * add a custom permission that they lack to a policy assigned to them, because anyone else would raise their
 * own rights. `version` is the one that the screen showed.
 */
export async function updatePolicy(
  actor: Actor,
  input: { policy: string; version: number; name: string; permissions: readonly string[] },
): Promise<Result<null, UpdatePolicyRefusal>> {
  return transaction(async (tx) => {
    const organization = await lockOrganization(tx, actor, "policies:manage", "update");
    if (!organization) return refused("rights-lost");
    const { rights } = organization;
    const locked = await lockPolicy(tx, actor, rights, input);
    if (!locked.ok) return locked;
    const policy = locked.value;
    if (!canGrantPermissions(rights, input.permissions)) return refused("above-you");
    const added = without(input.permissions, policy.permissions);
    const addsToOwnRights = policy.isOwn && added.some((permission) => !rights.permissions.has(permission));
    if (addsToOwnRights && rights.role !== "owner") return refused("own-policy");
    if (await isPolicyNameTaken(tx, actor, input.name, input.policy)) return refused("name-taken");
    await tx.policy.update({
      where: { id: input.policy },
      data: { name: input.name, permissions: [...input.permissions], version: { increment: 1 } },
    });
    await logOrganizationChange(tx, actor, "policy-changed", {
      policy: input.policy,
      ...(input.name === policy.name ? {} : { renamed: "yes" }),
      ...permissionLogData("added", added),
      ...permissionLogData("removed", without(policy.permissions, input.permissions)),
    });
    return done(null);
  });
}

function without(permissions: readonly string[], excluded: readonly string[]): string[] {
  return permissions.filter((permission) => !excluded.includes(permission));
}
