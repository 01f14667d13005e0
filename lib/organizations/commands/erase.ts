import { eraseOrphanedAccounts } from "@/lib/accounts/erase";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, findRights } from "@/lib/auth/actor";
import { transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { lockOrganizationRow, tryLockDeliveries } from "@/lib/db/locks";
import type { EraseOrganizationRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";
import { matchesTypedName } from "@/lib/result/typed-confirmation";

/** Milliseconds. A million people, with their invitations and emails, are erased in one transaction. */
const TIMEOUT_MS = 30 * 60_000;

/**
 * Erases the organization: members, invitations, requests, emails, policies and settings, and the accounts that are in no
 * other organization (REQ-G4). The audit log keeps its ids only. Owners only, with the name typed to confirm. The demo is
 * refused: `removeDemo` also removes its made-up operator (REQ-H3).
 */
export async function eraseOrganization(
  actor: Actor,
  input: { typed: string },
): Promise<Result<null, EraseOrganizationRefusal>> {
  const organizationId = actor.organization.id;
  return transaction(async (tx) => {
    const organization = await lockOrganizationRow(tx, organizationId, "update");
    const rights = await findRights(tx, organizationId, actor.memberId);
    if (!organization || rights?.role !== "owner") return refused("owners-only");
    if (organization.demo) return refused("is-demo");
    if (!matchesTypedName(input.typed, organization.name)) return refused("wrong-name");
    const emails = Prisma.sql`
      SELECT FROM email_message e WHERE e.batch_id = b.id AND e.organization_id = ${organizationId}::uuid`;
    if (!(await tryLockDeliveries(tx, emails))) return refused("email-being-sent");

    const people = await tx.$queryRaw<{ email: string; account: string | null }[]>`
      SELECT m.email, a.id AS account FROM member m LEFT JOIN account a ON a.id = m.account_id
      WHERE m.organization_id = ${organizationId}::uuid
      UNION SELECT m.email, a.id FROM member m JOIN account a ON a.email = m.email
      WHERE m.organization_id = ${organizationId}::uuid
      UNION SELECT r.email, NULL FROM invitation_request r WHERE r.organization_id = ${organizationId}::uuid`;
    await logOrganizationChange(tx, actor, "organization-erased");
    await tx.$executeRaw`
      DELETE FROM email_batch WHERE id IN (SELECT batch_id FROM email_message WHERE organization_id = ${organizationId}::uuid)`;
    await tx.organization.deleteMany({ where: { id: organizationId } });
    await eraseOrphanedAccounts(tx, {
      accounts: [...new Set(people.flatMap(({ account }) => account ?? []))],
      emails: people.map(({ email }) => email),
    });
    return done(null);
  }, TIMEOUT_MS);
}
