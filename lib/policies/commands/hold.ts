import type { Actor } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { isPermission, type Permission } from "@/lib/permissions/permissions";
import { mayGive, type Rights } from "@/lib/permissions/rights";
import type { ExistingRefusal } from "@/lib/policies/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** A policy as its commands decide about it. */
export type HeldPolicy = {
  name: string;
  permissions: string[];
  builtIn: boolean;
  version: number;
  /** The actor has it themselves. */
  isOwn: boolean;
};

/**
 * The policy with this id in the actor's organization, locked, to change or delete it. Refused when it is gone (a foreign
 * one counts as that), built in, above the actor (REQ-A3), or not the `version` that was looked at.
 */
export async function holdPolicy(
  tx: Tx,
  actor: Actor,
  rights: Rights,
  input: { policy: string; version: number },
): Promise<Result<HeldPolicy, ExistingRefusal>> {
  const [row] = await tx.$queryRaw<HeldPolicy[]>`
    SELECT p.name, p.permissions, p.built_in AS "builtIn", p.version,
           EXISTS (SELECT FROM member_policy mp WHERE mp.organization_id = p.organization_id AND mp.policy_id = p.id
                     AND mp.member_id = ${actor.memberId}::uuid) AS "isOwn"
    FROM policy p
    WHERE p.organization_id = ${actor.organization.id}::uuid AND p.id = ${input.policy}::uuid FOR UPDATE OF p`;
  if (!row) return refused("policy-gone");
  if (row.builtIn) return refused("built-in");
  if (!coversAll(rights, row.permissions)) return refused("above-you");
  return row.version === input.version ? done(row) : refused("changed-meanwhile");
}

/** The ceiling (REQ-A3): somebody puts into a policy, or takes out of one, only what they hold; free strings by `roles:assign`. */
export function coversAll(rights: Rights, permissions: readonly string[]): boolean {
  return mayGive(rights, { role: "member", policies: [{ permissions, isDefault: false }] }, "member");
}

/** Is the name another policy's, whatever the case? Sure until the transaction ends: whoever names one holds the organization. */
export async function isNameTaken(tx: Tx, actor: Actor, name: string, except?: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ taken: boolean }[]>`
    SELECT EXISTS (SELECT FROM policy WHERE organization_id = ${actor.organization.id}::uuid
      AND lower(name COLLATE "default") = lower(${name}) AND id IS DISTINCT FROM ${except ?? null}::uuid) AS taken`;
  return row?.taken ?? false;
}

/** Permissions as the log keeps them: Foyer's own by name, of free strings only how many. */
export function inLog(label: "added" | "removed", permissions: readonly string[]): Record<string, string> {
  const ours: Permission[] = permissions.filter(isPermission);
  const free = permissions.length - ours.length;
  return {
    ...(ours.length > 0 ? { [label]: ours.join(" ") } : {}),
    ...(free > 0 ? { [`${label}Own`]: String(free) } : {}),
  };
}
