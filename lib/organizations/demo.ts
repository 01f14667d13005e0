import type { Operator } from "@/lib/auth/actor";
import { db, transaction } from "@/lib/db/client";
import type { DemoRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";

/** The demo organization's name while it is loaded (REQ-H3). */
export async function findDemo(): Promise<string | null> {
  const demo = await db().organization.findFirst({ where: { demo: true }, select: { name: true } });
  return demo?.name ?? null;
}

/** Removes the demo organization with its people, letters and history, in one transaction (REQ-H3). */
export async function removeDemo(_: Operator): Promise<Result<null, DemoRefusal>> {
  return transaction(async (tx) => {
    const [demo] = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM organization WHERE demo FOR UPDATE`;
    if (!demo) return refused("no-demo");
    const people = await tx.$queryRaw<{ id: string }[]>`
      SELECT account_id AS id FROM member WHERE organization_id = ${demo.id}::uuid AND account_id IS NOT NULL`;
    await tx.$executeRaw`SET LOCAL foyer.erasing = 'on'`;
    await tx.$executeRaw`DELETE FROM activity WHERE organization_id = ${demo.id}::uuid`;
    await tx.$executeRaw`
      DELETE FROM email_batch WHERE id IN (SELECT batch_id FROM email_message WHERE organization_id = ${demo.id}::uuid)`;
    await tx.$executeRaw`DELETE FROM organization WHERE id = ${demo.id}::uuid`;
    // Invented people only: whoever was really invited into the demo keeps their account.
    await tx.$executeRaw`
      DELETE FROM account a WHERE a.id = ANY(${people.map((one) => one.id)}::uuid[]) AND a.email LIKE '%.example'
        AND NOT EXISTS (SELECT FROM member m WHERE m.account_id = a.id)`;
    return done(null);
  });
}
