import type { Operator } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockAccountRow, lockInstallation } from "@/lib/db/locks";
import {
  addFirstOwner,
  insertOrganization,
  type OrganizationReader,
} from "@/lib/organizations/commands/insert";
import type { CreateOrganizationRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Creates another organization, with the operator as its first Owner, as setup does (REQ-F4). The lock on the installation
 * serializes this, so the second of two with the same slug is refused.
 */
export async function createOrganization(
  operator: Operator,
  input: { organization: string; slug: string } & Partial<OrganizationReader>,
): Promise<Result<{ slug: string }, CreateOrganizationRefusal>> {
  const { organization: name, ...columns } = input;
  const { slug } = columns;
  return transaction(async (tx) => {
    await lockInstallation(tx);
    const account = await lockAccountRow(tx, operator.accountId, "no-key-update");
    if (!account?.operator) return refused("operators-only");
    if (await tx.organization.findUnique({ where: { slug }, select: { id: true } }))
      return refused("slug-taken");
    const organizationId = await insertOrganization(tx, { name, ...columns });
    await addFirstOwner(tx, organizationId, account);
    return done({ slug });
  });
}
