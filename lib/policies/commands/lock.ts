import type { ActivityData } from "@/lib/activity/activity-types";
import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { lockPolicyRow } from "@/lib/db/locks";
import { isPermission, type Permission } from "@/lib/permissions/permissions";
import { canGrant, type Rights } from "@/lib/permissions/rights";
import type { ExistingPolicyRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

type PolicyForUpdate = NonNullable<Awaited<ReturnType<typeof lockPolicyRow>>>;

/**
 * Locks the policy with this id in the actor's organization, to change or delete it. Refused if it does not
 * exist there, is built in or above the actor's ceiling (REQ-A3), or is not the `version` that the screen
 * showed.
 */
export async function lockPolicy(
  tx: Tx,
  actor: Actor,
  rights: Rights,
  input: { policy: string; version: number },
): Promise<Result<PolicyForUpdate, ExistingPolicyRefusal>> {
  const row = await lockPolicyRow(tx, actor.organization.id, input.policy, actor.memberId);
  if (!row) return refused("policy-gone");
  if (row.builtIn) return refused("built-in");
  if (!canGrantPermissions(rights, row.permissions)) return refused("above-you");
  return row.version === input.version ? done(row) : refused("changed-concurrently");
}

/**
 * Returns true if all permissions are within the actor's ceiling (REQ-A3); custom ones need `roles:assign`.
 */
export function canGrantPermissions(rights: Rights, permissions: readonly string[]): boolean {
  return canGrant(rights, { role: "member", policies: [{ permissions, isDefault: false }] }, "member");
}

/**
 * Returns true if another policy has the name, compared without case. Reliable until the transaction ends,
 * because every command that names a policy locks the organization.
 */
export async function isPolicyNameTaken(
  tx: Tx,
  actor: Actor,
  name: string,
  except?: string,
): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT EXISTS (SELECT FROM policy WHERE organization_id = ${actor.organization.id}::uuid
      AND lower(name COLLATE "default") = lower(${name}) AND id IS DISTINCT FROM ${except ?? null}::uuid) AS taken`;
  return row?.taken ?? false;
}

/** Returns permissions as activity data: Foyer's own by name, custom ones only as a number. */
export function permissionLogData(label: "added" | "removed", permissions: readonly string[]): ActivityData {
  const builtIn: Permission[] = permissions.filter(isPermission);
  const customCount = permissions.length - builtIn.length;
  return {
    ...(builtIn.length > 0 ? { [label]: builtIn.join(" ") } : {}),
    ...(customCount > 0 ? { [`${label}Own`]: String(customCount) } : {}),
  };
}
