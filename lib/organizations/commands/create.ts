import type { Operator } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { addFirstOwner, insertOrganization } from "@/lib/organizations/commands/insert";
import type { CreateOrganizationRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Creates another organization, with the operator as its first Owner, as setup does (REQ-F4). The lock on the installation
 * serializes this, so the second of two with the same slug is refused.
 */
export async function createOrganization(
  operator: Operator,
  input: { organization: string; slug: string },
): Promise<Result<{ slug: string }, CreateOrganizationRefusal>> {
  const { slug } = input;
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM installation FOR UPDATE`;
    const [account] = await tx.$queryRaw<{ id: string; email: string; name: string }[]>`
      SELECT id, email, name FROM account WHERE id = ${operator.accountId}::uuid AND operator FOR NO KEY UPDATE`;
    if (!account) return refused("operators-only");
    if (await tx.organization.findUnique({ where: { slug }, select: { id: true } }))
      return refused("slug-taken");
    const organizationId = await insertOrganization(tx, { name: input.organization, slug });
    await addFirstOwner(tx, organizationId, account);
    return done({ slug });
  });
}
