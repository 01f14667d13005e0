import { randomUUID } from "node:crypto";
import { revokeLinks } from "@/lib/accounts/links";
import type { Tx } from "@/lib/db/client";
import { removeInvitedMembers } from "@/lib/db/copies";
import { lockMembersOfAccountOrEmails, lockOrganizationRows } from "@/lib/db/locks";
import { UNDO_MINUTES } from "@/lib/result/undo";

/** The locked memberships of an account. `areComplete` checks that it has not joined another organization since. */
type LockedMemberships = { areComplete: () => Promise<boolean> };

/**
 * Locks every organization that the account is in, and there the members of the account or with one of these addresses, so
 * that no one is invited or joins there during the transaction. Call `areComplete` after locking the account.
 */
export async function lockMemberships(
  tx: Tx,
  accountId: string,
  emails: readonly string[],
): Promise<LockedMemberships> {
  const findOrganizations = async () =>
    (
      await tx.member.findMany({
        where: { accountId, status: { in: ["active", "blocked"] } },
        select: { organizationId: true },
      })
    ).map(({ organizationId }) => organizationId);
  const locked = await findOrganizations();
  await lockOrganizationRows(tx, locked, "no-key-update");
  await lockMembersOfAccountOrEmails(tx, locked, accountId, emails);
  return { areComplete: async () => (await findOrganizations()).every((id) => locked.includes(id)) };
}

/**
 * Reserves an address for this transaction; returns false if another account has it. An insert waits for a concurrent
 * insert of the same address, where an update would fail with a unique violation.
 */
export async function reserveEmail(tx: Tx, email: string): Promise<boolean> {
  const id = randomUUID();
  const { count } = await tx.account.createMany({ data: [{ id, email, name: "" }], skipDuplicates: true });
  if (count === 1) await tx.account.deleteMany({ where: { id } });
  return count === 1;
}

/**
 * Changes the address of an account and of its member rows. If an organization already has a member row with the new
 * address (from an invitation or an earlier membership), that row keeps its history and gets the old address, since an
 * address is unique in an organization. An open invitation of that row is superseded. Revokes the account's links.
 */
export async function changeAccountEmail(
  tx: Tx,
  accountId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const memberships = await tx.$queryRaw<{ id: string; existingId: string | null }[]>`
    SELECT m.id, e.id AS "existingId"
    FROM member m LEFT JOIN member e ON e.organization_id = m.organization_id AND e.email = ${to}
    WHERE m.account_id = ${accountId}::uuid AND m.status IN ('active', 'blocked')`;
  const own = memberships.map(({ id }) => id);
  const existing = memberships.flatMap((membership) => membership.existingId ?? []);
  await supersedeInvitations(tx, existing);
  // In three steps, because the address is unique in an organization at every moment.
  await tx.$executeRaw`
    UPDATE member SET email = id || '@moving.invalid', version = version + 1 WHERE id = ANY(${existing}::uuid[])`;
  await tx.$executeRaw`
    WITH moved AS (
      UPDATE member SET email = ${to}, address_confirmed = true, version = version + 1
      WHERE id = ANY(${own}::uuid[]) RETURNING id, organization_id)
    INSERT INTO activity (organization_id, member_id, actor_id, type, at)
    SELECT organization_id, id, id, 'address-changed', clock_timestamp() FROM moved`;
  await tx.member.updateMany({ where: { id: { in: existing } }, data: { email: from } });
  await tx.account.update({ where: { id: accountId }, data: { email: to }, select: { id: true } });
  await revokeLinks(tx, accountId);
}

/**
 * Supersedes the invitations of these members, who keep their existing membership. That includes invitations that were
 * revoked within the undo period: undoing one would allow the person to join twice.
 */
async function supersedeInvitations(tx: Tx, memberIds: readonly string[]): Promise<void> {
  const ids = [...memberIds];
  await tx.$executeRaw`
    WITH superseded AS (
      UPDATE invitation SET settled_as = 'superseded', settled_at = clock_timestamp()
      WHERE member_id = ANY(${ids}::uuid[]) AND (settled_as IS NULL OR settled_as = 'revoked' AND
        settled_at > clock_timestamp() - make_interval(mins => ${UNDO_MINUTES}::int))
      RETURNING id, organization_id, member_id)
    INSERT INTO activity (organization_id, member_id, invitation_id, type, at)
    SELECT organization_id, member_id, id, 'replaced', clock_timestamp() FROM superseded`;
  await removeInvitedMembers(tx, ids);
  await tx.memberPolicy.deleteMany({ where: { memberId: { in: ids } } });
}
