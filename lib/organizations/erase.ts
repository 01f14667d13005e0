import { forgetAccounts } from "@/lib/accounts/forget";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, findRights } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import type { EraseOrganizationRefusal } from "@/lib/organizations/messages";
import { done, type Result, refused } from "@/lib/result/result";
import { isTyped } from "@/lib/result/typed-confirmation";

/** Milliseconds: a million people go with their invitations and letters, or nobody does. */
const ERASING = 30 * 60_000;

/**
 * Erases the whole organization: people, invitations, requests, letters, policies and settings, and the accounts that have
 * no other place (REQ-G4). The log stays in the database, with its ids alone. Owners only, with the name typed. The demo
 * has its own way out, which takes its operator along (REQ-H3).
 */
export async function eraseOrganization(
  actor: Actor,
  input: { typed: string },
): Promise<Result<null, EraseOrganizationRefusal>> {
  const organizationId = actor.organization.id;
  return transaction(async (tx) => {
    const [organization] = await tx.$queryRaw<{ name: string; demo: boolean }[]>`
      SELECT name, demo FROM organization WHERE id = ${organizationId}::uuid FOR UPDATE`;
    const rights = await findRights(tx, organizationId, actor.memberId);
    if (!organization || rights?.role !== "owner") return refused("owners-only");
    if (organization.demo) return refused("is-demo");
    if (!isTyped(input.typed, organization.name)) return refused("wrong-name");
    if (!(await holdLetters(tx, organizationId))) return refused("letter-on-its-way");

    const people = await tx.$queryRaw<{ email: string; account: string | null }[]>`
      SELECT m.email, a.id AS account FROM member m LEFT JOIN account a ON a.id = m.account_id
      WHERE m.organization_id = ${organizationId}::uuid
      UNION SELECT m.email, a.id FROM member m JOIN account a ON a.email = m.email
      WHERE m.organization_id = ${organizationId}::uuid
      UNION SELECT r.email, NULL FROM invitation_request r WHERE r.organization_id = ${organizationId}::uuid`;
    await logOrganizationChange(tx, actor, "organization-erased");
    await tx.$executeRaw`
      DELETE FROM email_batch WHERE id IN (SELECT batch_id FROM email_message WHERE organization_id = ${organizationId}::uuid)`;
    await tx.$executeRaw`DELETE FROM organization WHERE id = ${organizationId}::uuid`;
    await forgetAccounts(tx, {
      accounts: [...new Set(people.flatMap(({ account }) => account ?? []))],
      emails: people.map(({ email }) => email),
    });
    return done(null);
  }, ERASING);
}

/** Keeps delivery from its letters until the transaction ends: each batch has a lock of delivery's own. False: one is being sent. */
async function holdLetters(tx: Tx, organizationId: string): Promise<boolean> {
  const [held] = await tx.$queryRaw<{ all: boolean | null }[]>`
    SELECT bool_and(pg_try_advisory_xact_lock(hashtextextended(b.id::text, 0))) AS all
    FROM email_batch b WHERE b.closed_at IS NULL AND EXISTS (
      SELECT FROM email_message l WHERE l.batch_id = b.id AND l.organization_id = ${organizationId}::uuid)`;
  return held?.all ?? true;
}
