import { randomUUID } from "node:crypto";
import type { Tx } from "@/lib/db/client";
import { BUILT_IN_POLICIES } from "@/lib/permissions/permissions";

/** Makes an organization with the settings' defaults and the four built-in policies; answers its id. */
export async function createOrganization(
  tx: Tx,
  organization: { name: string; slug: string; demo?: boolean },
): Promise<string> {
  const { id } = await tx.organization.create({ data: organization, select: { id: true } });
  await tx.policy.createMany({
    data: BUILT_IN_POLICIES.map((policy) => ({ ...policy, organizationId: id, builtIn: true })),
  });
  return id;
}

/**
 * The first Owner of a new organization: nobody invited them, and their word for the address is taken, because they
 * run the installation. Answers the member's id.
 */
export async function seatFirstOwner(
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
