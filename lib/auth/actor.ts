import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Permission } from "@/lib/permissions/permissions";
import { type Rights, rightsOf } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

declare const proven: unique symbol;

/** An organization as the screens name it. */
export type OrganizationRef = { id: string; slug: string; name: string };

/**
 * The member in whose name something is done, in one organization. Only this file makes one, so a function that asks
 * for an Actor cannot be called for an organization somebody does not belong to.
 */
export type Actor = Rights & {
  readonly [proven]: "actor";
  accountId: string;
  memberId: string;
  name: string;
  email: string;
  organization: OrganizationRef;
};

/** The account that runs the installation: reads the mailbox, removes the demo (glossary: operator). */
export type Operator = { readonly [proven]: "operator"; accountId: string };

/** The actor of an account in the organization with this slug; null when they have no active place there. */
export async function findActor(accountId: string, slug: string): Promise<Actor | null> {
  const [row] = await db().$queryRaw<ActorRow[]>`
    SELECT m.id AS "memberId", m.name, m.email, m.role, m.address_confirmed AS "addressConfirmed",
           o.id AS "organizationId", o.slug, o.name AS "organizationName", m.account_id AS "accountId",
           ARRAY(SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id) AS "policyPermissions"
    FROM organization o JOIN member m ON m.organization_id = o.id
    WHERE o.slug = ${slug} AND m.account_id = ${accountId}::uuid AND m.status = 'active'`;
  return row ? toActor(row) : null;
}

/** What commands need to know of the organization they hold. */
export type Held = {
  rights: Rights;
  expiryDays: number;
  resendLimit: number;
  defaultRole: Role;
  allowedDomains: string[];
  refusedDomains: string[];
};

/**
 * Begins a command: holds the organization so that nobody's rights change before the transaction ends, then reads
 * what the actor may do by now. Null: the permission or the place was lost meanwhile. Whoever changes rights calls
 * `holdToChange` and therefore waits (lock order: organization, member, invitation).
 */
export function hold(tx: Tx, actor: Actor, permission: Permission): Promise<Held | null> {
  return holdAs(tx, actor, permission, Prisma.sql`FOR SHARE`);
}

/**
 * As `hold`, for a command that changes anybody's rights, role, policies or status: nobody decides by rights meanwhile,
 * and two who change each other are heard one after the other (REQ-A4). Without a permission an active place is enough.
 */
export function holdToChange(tx: Tx, actor: Actor, permission?: Permission): Promise<Held | null> {
  return holdAs(tx, actor, permission, Prisma.sql`FOR NO KEY UPDATE`);
}

async function holdAs(
  tx: Tx,
  actor: Actor,
  permission: Permission | undefined,
  lock: Prisma.Sql,
): Promise<Held | null> {
  const [settings] = await tx.$queryRaw<Omit<Held, "rights">[]>`
    SELECT expiry_days AS "expiryDays", resend_limit AS "resendLimit", default_role AS "defaultRole",
           allowed_domains AS "allowedDomains", refused_domains AS "refusedDomains"
    FROM organization WHERE id = ${actor.organization.id}::uuid ${lock}`;
  const rights = await findRights(tx, actor.organization.id, actor.memberId);
  if (!settings || !rights || (permission && !rights.permissions.has(permission))) return null;
  return { ...settings, rights };
}

/** The rights of any active member of an organization, for the ceiling (REQ-A3). */
export async function findRights(tx: Tx, organizationId: string, memberId: string): Promise<Rights | null> {
  const [row] = await tx.$queryRaw<{ role: Role; addressConfirmed: boolean; policyPermissions: string[] }[]>`
    SELECT m.role, m.address_confirmed AS "addressConfirmed",
           ARRAY(SELECT unnest(p.permissions) FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                 WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id) AS "policyPermissions"
    FROM member m
    WHERE m.organization_id = ${organizationId}::uuid AND m.id = ${memberId}::uuid AND m.status = 'active'`;
  return row ? rightsOf(row) : null;
}

/** The account as an operator, or null. */
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
  accountId: string;
};

function toActor(row: ActorRow): Actor {
  return {
    ...rightsOf(row),
    accountId: row.accountId,
    memberId: row.memberId,
    name: row.name,
    email: row.email,
    organization: { id: row.organizationId, slug: row.slug, name: row.organizationName },
  } as Actor;
}

/**
 * The same question once more in the middle of reading, which takes as long as its reader does: whoever has lost the
 * permission or the place since it began gets no further.
 */
export async function assertStillMay(tx: Tx, actor: Actor, permission: Permission): Promise<void> {
  const rights = await findRights(tx, actor.organization.id, actor.memberId);
  if (!rights?.permissions.has(permission)) throw new Error(`${permission} was lost while reading`);
}

/** Reads take an Actor who may read: asking without the permission is a bug of the page, so it throws. */
export function assertMay(actor: Actor, permission: Permission): void {
  if (!actor.permissions.has(permission)) throw new Error(`${permission} was not checked before reading`);
}
