import type { Operator } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { lockDemoOrganization } from "@/lib/db/locks";
import type { RemoveDemoRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** Removes the demo organization with its people, emails and history, in one transaction (REQ-H3). */
export async function removeDemo(_: Operator): Promise<Result<null, RemoveDemoRefusal>> {
  return transaction(async (tx) => {
    const demo = await lockDemoOrganization(tx);
    if (!demo) return refused("no-demo");
    const organizationId = demo.id;
    const members = await tx.member.findMany({
      where: { organizationId, accountId: { not: null } },
      select: { accountId: true },
    });
    await tx.$executeRaw`SET LOCAL foyer.erasing = 'on'`;
    await tx.activity.deleteMany({ where: { organizationId } });
    await tx.$executeRaw`
      DELETE FROM email_batch WHERE id IN (SELECT batch_id FROM email_message WHERE organization_id = ${organizationId}::uuid)`;
    await tx.organization.deleteMany({ where: { id: organizationId } });
    // Only the made-up people: accounts of real people who were invited to the demo are kept.
    await tx.$executeRaw`
      DELETE FROM account a WHERE a.id = ANY(${members.map(({ accountId }) => accountId)}::uuid[]) AND a.email LIKE '%.example'
        AND NOT EXISTS (SELECT FROM member m WHERE m.account_id = a.id)`;
    return done(null);
  });
}
