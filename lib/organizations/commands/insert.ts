import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { BUILT_IN_POLICIES } from "@/lib/permissions/permissions";

/** The language and time zone of the person who creates an organization, which it takes over. */
export type OrganizationReader = { language: string; timeZone: string };

/** Inserts an organization with default settings and the four built-in policies. Returns its id. */
export async function insertOrganization(
  tx: Tx,
  organization: { name: string; slug: string; demo?: boolean } & Partial<OrganizationReader>,
): Promise<string> {
  const { id } = await tx.organization.create({ data: organization, select: { id: true } });
  await tx.policy.createMany({
    data: BUILT_IN_POLICIES.map((policy) => ({ ...policy, organizationId: id, builtIn: true })),
  });
  return id;
}

/**
 * Adds the first Owner of a new organization and returns the member's id. They run the installation, so they need no
 * invitation and their address counts as confirmed.
 */
export async function addFirstOwner(
  tx: Tx,
  organizationId: string,
  account: { id: string; email: string; name: string },
): Promise<string> {
  const id = randomUUID();
  await tx.$executeRaw`
    INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at,
                        last_active_at)
    VALUES (${id}::uuid, ${organizationId}::uuid, ${account.email}, ${account.name}, ${account.id}::uuid, 'active',
            'owner', true, clock_timestamp(), clock_timestamp())`;
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, actor_id, type, at)
    VALUES (${organizationId}::uuid, ${id}::uuid, ${id}::uuid, 'organization-created', clock_timestamp())`;
  return id;
}
