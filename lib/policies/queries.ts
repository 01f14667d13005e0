import { type Actor, assertPermission } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { withStatementTimeout } from "@/lib/db/statement-timeout";
import { canGrant } from "@/lib/permissions/rights";
import { permissionsOfRole } from "@/lib/permissions/roles";
import { MAX_COUNTED_PEOPLE } from "@/lib/policies/list";
import type { ReadOnlyReason } from "@/lib/policies/messages";

/** A row of Access policies. */
export type PolicyRow = {
  id: string;
  name: string;
  permissions: string[];
  builtIn: boolean;
  /** Sent with a change to detect concurrent changes. */
  version: number;
  /** How many people have it, including the invited; at most `MAX_COUNTED_PEOPLE` + 1. */
  people: number;
  /** Why the actor cannot change or delete it; null if they can. */
  readOnlyReason: ReadOnlyReason | null;
};

/** Returns every access policy of the organization, the built-in ones first (REQ-G2). */
export async function listPolicies(actor: Actor): Promise<PolicyRow[]> {
  assertPermission(actor, "policies:manage");
  const rows = await db().$queryRaw<Omit<PolicyRow, "readOnlyReason">[]>`
    SELECT p.id, p.name, p.permissions, p.built_in AS "builtIn", p.version,
      (SELECT count(*)::int FROM (
         SELECT FROM member_policy mp JOIN member m ON m.id = mp.member_id AND m.status <> 'removed'
         WHERE mp.organization_id = p.organization_id AND mp.policy_id = p.id
         LIMIT ${MAX_COUNTED_PEOPLE + 1}) counted) AS people
    FROM policy p WHERE p.organization_id = ${actor.organization.id}::uuid
    ORDER BY p.built_in DESC, lower(p.name COLLATE "default"), p.id`;
  return rows.map((row) => ({ ...row, readOnlyReason: readOnlyReasonOf(actor, row) }));
}

function readOnlyReasonOf(actor: Actor, policy: Omit<PolicyRow, "readOnlyReason">): ReadOnlyReason | null {
  if (policy.builtIn) return "built-in";
  const policies = [{ permissions: policy.permissions, isDefault: false }];
  return canGrant(actor, { role: "member", policies }, "member") ? null : "above-you";
}

/** Who is affected if a policy no longer grants a permission. */
export type PermissionImpact = {
  permission: string;
  /** How many people lose it, including the invited. */
  losing: number;
  /** How many people keep it through their role or another policy. */
  keeping: number;
  /** The actor loses it. */
  includesYou: boolean;
};

/** In milliseconds. A policy that a million people have can be changed without these numbers. */
const COUNT_TIMEOUT = 5_000;

/**
 * Returns who loses which permission if the policy grants only the `remaining` ones, which are none if it is
 * deleted (REQ-G2). Null if counting takes too long. Empty for a policy that does not exist.
 */
export async function previewImpact(
  actor: Actor,
  input: { policy: string; remaining: readonly string[] },
): Promise<PermissionImpact[] | null> {
  assertPermission(actor, "policies:manage");
  const organizationId = actor.organization.id;
  return withStatementTimeout(
    COUNT_TIMEOUT,
    (tx) => tx.$queryRaw<PermissionImpact[]>`
      WITH lost AS (
        SELECT permission FROM policy p, unnest(p.permissions) permission
        WHERE p.organization_id = ${organizationId}::uuid AND p.id = ${input.policy}::uuid
          AND permission <> ALL(${[...input.remaining]}::text[])),
      -- Materialized: every permission reads it.
      assigned AS MATERIALIZED (
        SELECT m.id,
          (CASE WHEN m.role IN ('owner', 'admin') THEN ${[...permissionsOfRole("admin")]}::text[] ELSE '{}' END)
          || ARRAY(SELECT unnest(p.permissions) FROM member_policy other JOIN policy p ON p.id = other.policy_id
                   WHERE other.organization_id = m.organization_id AND other.member_id = m.id
                     AND other.policy_id <> mp.policy_id) AS other_permissions
        FROM member_policy mp JOIN member m ON m.id = mp.member_id AND m.status <> 'removed'
        WHERE mp.organization_id = ${organizationId}::uuid AND mp.policy_id = ${input.policy}::uuid)
      SELECT permission, count(*) FILTER (WHERE permission <> ALL(other_permissions))::int AS losing,
             count(*) FILTER (WHERE permission = ANY(other_permissions))::int AS keeping,
             bool_or(assigned.id = ${actor.memberId}::uuid AND permission <> ALL(other_permissions)) AS "includesYou"
      FROM lost, assigned GROUP BY permission ORDER BY permission`,
  );
}
