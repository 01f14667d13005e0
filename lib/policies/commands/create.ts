import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { coversAll, inLog, isNameTaken } from "@/lib/policies/commands/hold";
import type { CreatePolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** So many an organization has at most: the page lists them all. */
const MOST_POLICIES = 100;

/**
 * Makes an access policy (REQ-G2); answers its id. Refuses a name that is taken, in any case, and what the actor does not
 * hold themselves (REQ-A3).
 */
export async function create(
  actor: Actor,
  input: { name: string; permissions: readonly string[] },
): Promise<Result<{ policy: string }, CreatePolicyRefusal>> {
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor, "policies:manage");
    if (!held) return refused("rights-lost");
    if (!coversAll(held.rights, input.permissions)) return refused("above-you");
    if (await isNameTaken(tx, actor, input.name)) return refused("name-taken");
    const organizationId = actor.organization.id;
    if ((await tx.policy.count({ where: { organizationId } })) >= MOST_POLICIES)
      return refused("too-many", { most: MOST_POLICIES });
    const { id } = await tx.policy.create({
      data: { organizationId, name: input.name, permissions: [...input.permissions] },
      select: { id: true },
    });
    await logOrganizationChange(tx, actor, "policy-created", {
      policy: id,
      ...inLog("added", input.permissions),
    });
    return done({ policy: id });
  });
}
