import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { canGrantPermissions, isPolicyNameTaken, permissionLogData } from "@/lib/policies/commands/lock";
import type { CreatePolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** Per organization. The page lists all of them. */
const MAX_POLICIES = 100;

/**
 * Creates an access policy and returns its id (REQ-G2). Refuses a name that is taken, compared without case,
 * and permissions that the actor does not have (REQ-A3).
 */
export async function createPolicy(
  actor: Actor,
  input: { name: string; permissions: readonly string[] },
): Promise<Result<{ policy: string }, CreatePolicyRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "policies:manage", "update");
    if (!locked) return refused("rights-lost");
    if (!canGrantPermissions(locked.rights, input.permissions)) return refused("above-you");
    if (await isPolicyNameTaken(tx, actor, input.name)) return refused("name-taken");
    const organizationId = actor.organization.id;
    if ((await tx.policy.count({ where: { organizationId } })) >= MAX_POLICIES)
      return refused("too-many", { most: MAX_POLICIES });
    const { id } = await tx.policy.create({
      data: { organizationId, name: input.name, permissions: [...input.permissions] },
      select: { id: true },
    });
    await logOrganizationChange(tx, actor, "policy-created", {
      policy: id,
      ...permissionLogData("added", input.permissions),
    });
    return done({ policy: id });
  });
}
