import { eraseOrphanedAccounts } from "@/lib/accounts/erase";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, lockOrganization } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { lockMemberRow, tryLockDeliveries } from "@/lib/db/locks";
import type { EraseRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";
import { matchesTypedName } from "@/lib/result/typed-confirmation";

type ErasedMember = { id: string; email: string };

/** In milliseconds. Erasing searches every email of the organization. */
const ERASE_TIMEOUT = 60_000;

/**
 * Erases the personal data of a removed user; the activity log keeps only their ids (REQ-G4). Only Owners can
 * do it, and have to type the user's name, or the address of a user without a name. Refused while an email to
 * the user or in their name is being sent: its content must not change until the result of sending it is
 * known.
 */
export async function eraseMember(
  actor: Actor,
  input: { member: string; typed: string },
): Promise<Result<null, EraseRefusal>> {
  const organizationId = actor.organization.id;
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, null, "update");
    if (locked?.rights.role !== "owner") return refused("owners-only");
    const member = await lockMemberRow(tx, organizationId, input.member, "update");
    if (!member) return refused("not-found");
    if (member.status !== "removed") return refused("not-removed");
    if (!matchesTypedName(input.typed, member.name || member.email)) return refused("wrong-name");
    if (!(await lockEmailBatches(tx, organizationId, member))) return refused("email-being-sent");

    await eraseEmails(tx, organizationId, member);
    await tx.invitationRequest.deleteMany({ where: { organizationId, email: member.email } });
    const ofMember = member.accountId ? [{ id: member.accountId }] : [];
    const accounts = await tx.account.findMany({
      where: { OR: [...ofMember, { email: member.email }] },
      select: { id: true },
    });
    // Cascades to the member's invitations, their emails, and policies.
    await tx.member.deleteMany({ where: { id: member.id } });
    const emails = [member.email];
    await eraseOrphanedAccounts(tx, { accounts: accounts.map(({ id }) => id), emails });
    await logOrganizationChange(tx, actor, "person-erased", {}, member.id);
    return done(null);
  }, ERASE_TIMEOUT);
}

/**
 * Locks the open email batches that mention the member, so that nothing of them is sent before the
 * transaction ends. Tries each batch's advisory lock without waiting. Returns false if a batch is being sent,
 * or its result is unknown.
 */
async function lockEmailBatches(tx: Tx, organizationId: string, member: ErasedMember): Promise<boolean> {
  const batches = await tryLockDeliveries(
    tx,
    Prisma.sql`
      SELECT FROM email_message e JOIN organization o ON o.id = e.organization_id
      LEFT JOIN invitation i ON i.id = e.invitation_id
      WHERE e.batch_id = b.id AND o.id = ${organizationId}::uuid
        AND (${member.email} IN (e.to_address, o.reply_to, o.support_address)
             OR ${member.id}::uuid IN (e.caused_by, i.inviter_id))`,
  );
  if (!batches) return false;
  // Read after locking: a provider call can have started just before.
  const called = await tx.emailBatch.count({
    where: { id: { in: batches }, closedAt: null, calledAt: { not: null } },
  });
  return called === 0;
}

/** Deletes the emails to and about the member, and clears the content of other emails that mention them. */
async function eraseEmails(tx: Tx, organizationId: string, member: ErasedMember): Promise<void> {
  const about = { kind: { in: ["assign-policies", "accepted", "declined"] }, causedBy: member.id };
  await tx.emailMessage.deleteMany({
    where: { organizationId, OR: [{ toAddress: member.email }, about] },
  });
  // If the member's address was the organization's reply-to or support address, every email contains it.
  const wasContact = await tx.$executeRaw`
    UPDATE organization SET settings_version = settings_version + 1, reply_to = nullif(reply_to, ${member.email}),
           support_address = nullif(support_address, ${member.email})
    WHERE id = ${organizationId}::uuid AND ${member.email} IN (reply_to, support_address)`;
  await tx.$executeRaw`
    UPDATE email_message e SET payload = NULL
    FROM email_message mention LEFT JOIN invitation i ON i.id = mention.invitation_id
    WHERE e.id = mention.id AND mention.organization_id = ${organizationId}::uuid AND mention.payload IS NOT NULL
      AND (${wasContact > 0} OR ${member.id}::uuid IN (mention.caused_by, i.inviter_id))`;
}
