import { db, type Tx } from "@/lib/db/client";
import { type Rights, rightsOf } from "@/lib/members/rights";
import type { Role } from "@/lib/members/roles";

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

/**
 * What the actor may do at this moment of the transaction, read after its locks were taken; null when the place was
 * lost meanwhile. Commands decide by this, never by what the request began with.
 */
export async function currentRights(tx: Tx, actor: Actor): Promise<Rights | null> {
  return findRights(tx, actor.organization.id, actor.memberId);
}

/** The rights of any active member of an organization, for the ceiling (R A3). */
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
