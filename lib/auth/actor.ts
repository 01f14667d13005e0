import { db, type Tx } from "@/lib/db/client";
import { lockOrganizationRow, type OrganizationRow } from "@/lib/db/locks";
import type { Permission } from "@/lib/permissions/permissions";
import { type Rights, resolveRights } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

declare const actorBrand: unique symbol;

/** An organization's id, URL slug and name. */
export type OrganizationRef = { id: string; slug: string; name: string };

/**
 * The member who acts, in one organization. Only this file creates one, so a function that takes an Actor cannot be
 * called for an organization that the user does not belong to.
 */
export type Actor = Rights & {
  readonly [actorBrand]: "actor";
  accountId: string;
  memberId: string;
  name: string;
  email: string;
  /** With the time zone of its exports (REQ-D11). */
  organization: OrganizationRef & { timeZone: string };
};

/** The account that runs the installation: reads the mailbox, removes the demo (glossary: operator). */
export type Operator = { readonly [actorBrand]: "operator"; accountId: string };

/** Returns the account's actor in the organization with this slug; null if it is not an active member there. */
export async function findActor(accountId: string, slug: string): Promise<Actor | null> {
  const [row] = await db().$queryRaw<ActorRow[]>`
    SELECT m.id AS "memberId", m.name, m.email, m.role, m.address_confirmed AS "addressConfirmed",
           o.id AS "organizationId", o.slug, o.name AS "organizationName", o.time_zone AS "timeZone", m.account_id AS "accountId",
           ARRAY(SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id) AS "policyPermissions"
    FROM organization o JOIN member m ON m.organization_id = o.id
    WHERE o.slug = ${slug} AND m.account_id = ${accountId}::uuid AND m.status = 'active'`;
  return row ? toActor(row) : null;
}

/** The settings of a locked organization that commands decide by, and the actor's rights read under the lock. */
export type LockedOrganization = OrganizationRow & { rights: Rights };

/**
 * Locks the organization row so that permissions cannot change during the transaction, then reads the actor's current
 * rights. Returns null if the actor is no longer an active member or no longer has the permission; `null` as the
 * permission requires only active membership. Commands call it first (lock order: organization, member, invitation).
 *
 * `share` is for commands that only depend on permissions. `update` is for commands that change a role, a policy or a
 * status: concurrent changes to each other are serialized (REQ-A4).
 */
export async function lockOrganization(
  tx: Tx,
  actor: Actor,
  permission: Permission | null,
  mode: "share" | "update",
): Promise<LockedOrganization | null> {
  const lockMode = mode === "share" ? "share" : "no-key-update";
  const organization = await lockOrganizationRow(tx, actor.organization.id, lockMode);
  const rights = await findRights(tx, actor.organization.id, actor.memberId);
  if (!organization || !rights || (permission && !rights.permissions.has(permission))) return null;
  return { ...organization, rights };
}

/** Returns the rights of an active member of an organization, or null; for the ceiling (REQ-A3). */
export async function findRights(tx: Tx, organizationId: string, memberId: string): Promise<Rights | null> {
  const [row] = await tx.$queryRaw<{ role: Role; addressConfirmed: boolean; policyPermissions: string[] }[]>`
    SELECT m.role, m.address_confirmed AS "addressConfirmed",
           ARRAY(SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id) AS "policyPermissions"
    FROM member m
    WHERE m.organization_id = ${organizationId}::uuid AND m.id = ${memberId}::uuid AND m.status = 'active'`;
  return row ? resolveRights(row) : null;
}

/** Returns the account as an operator, or null. */
export async function findOperator(accountId: string): Promise<Operator | null> {
  const account = await db().account.findUnique({ where: { id: accountId }, select: { operator: true } });
  return account?.operator ? ({ accountId } as Operator) : null;
}

type ActorRow = {
  memberId: string;
  name: string;
  email: string;
  role: Role;
  addressConfirmed: boolean;
  policyPermissions: string[];
  organizationId: string;
  slug: string;
  organizationName: string;
  timeZone: string;
  accountId: string;
};

function toActor(row: ActorRow): Actor {
  return {
    ...resolveRights(row),
    accountId: row.accountId,
    memberId: row.memberId,
    name: row.name,
    email: row.email,
    organization: {
      id: row.organizationId,
      slug: row.slug,
      name: row.organizationName,
      timeZone: row.timeZone,
    },
  } as Actor;
}

/**
 * Throws if the actor has lost the permission. Aborts an export whose permission was revoked while streaming, which takes
 * as long as the client reads.
 */
export async function assertStillPermitted(tx: Tx, actor: Actor, permission: Permission): Promise<void> {
  const rights = await findRights(tx, actor.organization.id, actor.memberId);
  if (!rights?.permissions.has(permission)) throw new Error(`${permission} was lost while reading`);
}

/** Throws if the actor does not have the permission. Queries call it: the page must have checked, so this is a bug. */
export function assertPermission(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw new Error(`${permission} was not checked before reading`);
}
