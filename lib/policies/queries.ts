import { type Actor, assertMay } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { withinTime } from "@/lib/db/statement-timeout";
import { mayGive } from "@/lib/permissions/rights";
import { permissionsOfRole } from "@/lib/permissions/roles";
import { MOST_COUNTED } from "@/lib/policies/list";
import type { KeptPolicy } from "@/lib/policies/messages";

/** A row of Access policies. */
export type PolicyRow = {
  id: string;
  name: string;
  permissions: string[];
  builtIn: boolean;
  /** What was looked at, so that a change in between is noticed. */
  version: number;
  /** How many have it, the invited included; at most `MOST_COUNTED` + 1. */
  people: number;
  /** Why the actor can neither change nor delete it; null: they can. */
  kept: KeptPolicy | null;
};

/** Every access policy of the organization, the built-in ones first (REQ-G2). */
export async function listPolicies(actor: Actor): Promise<PolicyRow[]> {
  assertMay(actor, "policies:manage");
  const rows = await db().$queryRaw<Omit<PolicyRow, "kept">[]>`
    SELECT p.id, p.name, p.permissions, p.built_in AS "builtIn", p.version,
      (SELECT count(*)::int FROM (
         SELECT FROM member_policy mp JOIN member m ON m.id = mp.member_id AND m.status <> 'removed'
         WHERE mp.organization_id = p.organization_id AND mp.policy_id = p.id
         LIMIT ${MOST_COUNTED + 1}) had) AS people
    FROM policy p WHERE p.organization_id = ${actor.organization.id}::uuid
    ORDER BY p.built_in DESC, lower(p.name COLLATE "default"), p.id`;
  return rows.map((row) => ({ ...row, kept: keptFrom(actor, row) }));
}

function keptFrom(actor: Actor, policy: Omit<PolicyRow, "kept">): KeptPolicy | null {
  if (policy.builtIn) return "built-in";
  const policies = [{ permissions: policy.permissions, isDefault: false }];
  return mayGive(actor, { role: "member", policies }, "member") ? null : "above-you";
}

/** What becomes of one permission when a policy no longer grants it. */
export type Loss = {
  permission: string;
  /** How many do not have it any more, the invited included. */
  lose: number;
  /** How many have it by their role or by another policy as well. */
  keep: number;
  /** The actor is among those who lose it. */
  you: boolean;
};

/** Milliseconds that counting may take: a policy of a million people is changed without. */
const COUNTING = 5_000;

/**
 * Who loses what if a policy held only `keeps` from now on; nothing kept: it is deleted (REQ-G2). Null: so many have it that
 * counting takes too long. A policy that is gone loses nobody anything.
 */
export async function findLosses(
  actor: Actor,
  input: { policy: string; keeps: readonly string[] },
): Promise<Loss[] | null> {
  assertMay(actor, "policies:manage");
  const organizationId = actor.organization.id;
  return withinTime(
    COUNTING,
    (tx) => tx.$queryRaw<Loss[]>`
      WITH lost AS (
        SELECT permission FROM policy p, unnest(p.permissions) permission
        WHERE p.organization_id = ${organizationId}::uuid AND p.id = ${input.policy}::uuid
          AND permission <> ALL(${[...input.keeps]}::text[])),
      -- Once for each person: it is looked at for every permission.
      holder AS MATERIALIZED (
        SELECT m.id, (CASE WHEN m.role IN ('owner', 'admin') THEN ${[...permissionsOfRole("admin")]}::text[] ELSE '{}' END)
          || ARRAY(SELECT unnest(p.permissions) FROM member_policy other JOIN policy p ON p.id = other.policy_id
                   WHERE other.organization_id = m.organization_id AND other.member_id = m.id
                     AND other.policy_id <> mp.policy_id) AS otherwise
        FROM member_policy mp JOIN member m ON m.id = mp.member_id AND m.status <> 'removed'
        WHERE mp.organization_id = ${organizationId}::uuid AND mp.policy_id = ${input.policy}::uuid)
      SELECT permission, count(*) FILTER (WHERE permission <> ALL(otherwise))::int AS lose,
             count(*) FILTER (WHERE permission = ANY(otherwise))::int AS keep,
             bool_or(holder.id = ${actor.memberId}::uuid AND permission <> ALL(otherwise)) AS you
      FROM lost, holder GROUP BY permission ORDER BY permission`,
  );
}
