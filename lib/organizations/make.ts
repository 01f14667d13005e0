import type { Operator } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { createOrganization, seatFirstOwner } from "@/lib/organizations/commands";
import type { MakeRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";

/**
 * Makes another organization, with the operator as its first Owner, as setup does (REQ-F4). Who makes one waits for whoever
 * makes another, so of two with the same slug the second is refused.
 */
export async function make(
  operator: Operator,
  input: { organization: string; slug: string },
): Promise<Result<{ slug: string }, MakeRefusal>> {
  const { slug } = input;
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT FROM installation FOR UPDATE`;
    const [account] = await tx.$queryRaw<{ id: string; email: string; name: string }[]>`
      SELECT id, email, name FROM account WHERE id = ${operator.accountId}::uuid AND operator FOR NO KEY UPDATE`;
    if (!account) return refused("operators-only");
    if (await tx.organization.findUnique({ where: { slug }, select: { id: true } }))
      return refused("slug-taken");
    const organizationId = await createOrganization(tx, { name: input.organization, slug });
    await seatFirstOwner(tx, organizationId, account);
    return done({ slug });
  });
}
