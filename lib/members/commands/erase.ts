import { forgetAccounts } from "@/lib/accounts/forget";
import { logOrganizationChange } from "@/lib/activity/log-activity";
import { type Actor, holdToChange } from "@/lib/auth/actor";
import { type Tx, transaction } from "@/lib/db/client";
import type { EraseRefusal } from "@/lib/members/messages";
import { done, type Result, refused } from "@/lib/result/result";
import { isTyped } from "@/lib/result/typed-confirmation";

/** Somebody to be erased. */
type Person = { id: string; email: string; name: string; status: string; accountId: string | null };

/** Milliseconds: it looks through every letter of the organization. */
const ERASING = 60_000;

/**
 * Erases somebody who was removed: no personal data of theirs stays, and the log keeps their ids alone (REQ-G4). Owners
 * only, with the name typed, or the address where there is no name. Refused while they still have a place, and while a
 * letter to them or in their name is with the provider: its words must not change until it is known what became of it.
 */
export async function erase(
  actor: Actor,
  input: { member: string; typed: string },
): Promise<Result<null, EraseRefusal>> {
  const organizationId = actor.organization.id;
  return transaction(async (tx) => {
    const held = await holdToChange(tx, actor);
    if (held?.rights.role !== "owner") return refused("owners-only");
    const person = await holdPerson(tx, organizationId, input.member);
    if (!person) return refused("not-found");
    if (person.status !== "removed") return refused("not-removed");
    if (!isTyped(input.typed, person.name || person.email)) return refused("wrong-name");
    if (!(await holdLetters(tx, organizationId, person))) return refused("letter-on-its-way");

    await forgetLetters(tx, organizationId, person);
    await tx.$executeRaw`
      DELETE FROM invitation_request WHERE organization_id = ${organizationId}::uuid AND email = ${person.email}`;
    const accounts = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM account WHERE id = ${person.accountId}::uuid OR email = ${person.email}`;
    // Invitations with their letters, policies and reasons go with the row.
    await tx.$executeRaw`DELETE FROM member WHERE id = ${person.id}::uuid`;
    const emails = [person.email];
    await forgetAccounts(tx, { accounts: accounts.map(({ id }) => id), emails });
    await logOrganizationChange(tx, actor, "person-erased", {}, person.id);
    return done(null);
  }, ERASING);
}

async function holdPerson(tx: Tx, organizationId: string, member: string): Promise<Person | null> {
  const [person] = await tx.$queryRaw<Person[]>`
    SELECT id, email, name, status, account_id AS "accountId" FROM member
    WHERE organization_id = ${organizationId}::uuid AND id = ${member}::uuid FOR UPDATE`;
  return person ?? null;
}

/**
 * Keeps delivery from the letters that name the person, until the transaction ends: each batch has a lock of delivery's
 * own, which is tried, never waited for. False: one is being sent, or was and its fate is not known yet.
 */
async function holdLetters(tx: Tx, organizationId: string, person: Person): Promise<boolean> {
  const held = await tx.$queryRaw<{ id: string; mine: boolean }[]>`
    SELECT b.id, pg_try_advisory_xact_lock(hashtextextended(b.id::text, 0)) AS mine
    FROM email_batch b WHERE b.closed_at IS NULL AND EXISTS (
      SELECT FROM email_message l JOIN organization o ON o.id = l.organization_id
      LEFT JOIN invitation i ON i.id = l.invitation_id
      WHERE l.batch_id = b.id AND o.id = ${organizationId}::uuid
        AND (${person.email} IN (l.to_address, o.reply_to, o.support_address)
             OR ${person.id}::uuid IN (l.caused_by, i.inviter_id)))`;
  if (!held.every(({ mine }) => mine)) return false;
  // Asked once they are held: a call may have been made a moment before.
  const called = await tx.emailBatch.count({
    where: { id: { in: held.map(({ id }) => id) }, closedAt: null, calledAt: { not: null } },
  });
  return called === 0;
}

/** Letters to them and about them go; of those that name them to others, the words do. */
async function forgetLetters(tx: Tx, organizationId: string, person: Person): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM email_message WHERE organization_id = ${organizationId}::uuid
      AND (to_address = ${person.email} OR (kind IN ('assign-policies', 'accepted', 'declined') AND caused_by = ${person.id}::uuid))`;
  // Their address may be where the organization's letters ask to be answered: then all of them name it.
  const wasContact = await tx.$executeRaw`
    UPDATE organization SET settings_version = settings_version + 1, reply_to = nullif(reply_to, ${person.email}),
           support_address = nullif(support_address, ${person.email})
    WHERE id = ${organizationId}::uuid AND ${person.email} IN (reply_to, support_address)`;
  await tx.$executeRaw`
    UPDATE email_message l SET payload = NULL
    FROM email_message same LEFT JOIN invitation i ON i.id = same.invitation_id
    WHERE l.id = same.id AND same.organization_id = ${organizationId}::uuid AND same.payload IS NOT NULL
      AND (${wasContact > 0} OR ${person.id}::uuid IN (same.caused_by, i.inviter_id))`;
}
