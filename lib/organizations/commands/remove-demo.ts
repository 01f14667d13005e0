import type { Operator } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import type { RemoveDemoRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** Removes the demo organization with its people, emails and history, in one transaction (REQ-H3). */
export async function removeDemo(_: Operator): Promise<Result<null, RemoveDemoRefusal>> {
  return transaction(async (tx) => {
    const [demo] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM organization WHERE demo FOR UPDATE`;
    if (!demo) return refused("no-demo");
    const accounts = await tx.$queryRaw<{ id: string }[]>`
      SELECT account_id AS id FROM member WHERE organization_id = ${demo.id}::uuid AND account_id IS NOT NULL`;
    await tx.$executeRaw`SET LOCAL foyer.erasing = 'on'`;
    await tx.$executeRaw`DELETE FROM activity WHERE organization_id = ${demo.id}::uuid`;
    await tx.$executeRaw`
      DELETE FROM email_batch WHERE id IN (SELECT batch_id FROM email_message WHERE organization_id = ${demo.id}::uuid)`;
    await tx.$executeRaw`DELETE FROM organization WHERE id = ${demo.id}::uuid`;
    // Only the made-up people: accounts of real people who were invited to the demo are kept.
    await tx.$executeRaw`
      DELETE FROM account a WHERE a.id = ANY(${accounts.map(({ id }) => id)}::uuid[]) AND a.email LIKE '%.example'
        AND NOT EXISTS (SELECT FROM member m WHERE m.account_id = a.id)`;
    return done(null);
  });
}
