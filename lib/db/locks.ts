import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Role } from "@/lib/permissions/roles";

/*
 * Every row lock and advisory lock of the product (`locks.test.ts` checks it). All transactions lock in this order, so
 * that they cannot deadlock: installation, organizations by id, quotas, members by organization and address, then
 * emails and invitations, then accounts by id.
 *
 * A statement that waited for a lock has an older snapshot than the lock. Facts about other rows are read in the next
 * statement; the columns of the locked row itself are current.
 */

/** PostgreSQL's row locks, weakest first. */
export type LockMode = "key-share" | "share" | "no-key-update" | "update";

const LOCK_CLAUSES: Record<LockMode, Prisma.Sql> = {
  "key-share": Prisma.sql`FOR KEY SHARE`,
  share: Prisma.sql`FOR SHARE`,
  "no-key-update": Prisma.sql`FOR NO KEY UPDATE`,
  update: Prisma.sql`FOR UPDATE`,
};

/** SQL: ends the selection of rows to delete in batches, and leaves out those that another process deletes. */
export const SKIP_LOCKED = Prisma.sql`FOR UPDATE SKIP LOCKED`;

/** SQL: ends a selection that reads the account `a`, which cannot change until the transaction ends. */
export const SHARE_ACCOUNT = Prisma.sql`FOR SHARE OF a`;

/** Locks the row of the installation. `setupDigest` is in hexadecimal. */
export async function lockInstallation(tx: Tx): Promise<{ setupDigest: string | null } | null> {
  const [row] = await tx.$queryRaw<{ setupDigest: string | null }[]>`
    SELECT encode(setup_digest, 'hex') AS "setupDigest" FROM installation FOR UPDATE`;
  return row ?? null;
}

/** A locked organization, with the settings that commands decide by. */
export type OrganizationRow = {
  id: string;
  name: string;
  demo: boolean;
  expiryDays: number;
  resendLimit: number;
  defaultRole: Role;
  allowedDomains: string[];
  refusedDomains: string[];
  newUserInvitations: boolean;
  language: string;
};

/** Locks an organization and returns it, or null. */
export function lockOrganizationRow(tx: Tx, id: string, mode: LockMode): Promise<OrganizationRow | null> {
  return selectOrganization(tx, Prisma.sql`id = ${id}::uuid ${LOCK_CLAUSES[mode]}`);
}

/** Locks the demo organization for its removal and returns it, or null. */
export function lockDemoOrganization(tx: Tx): Promise<OrganizationRow | null> {
  return selectOrganization(tx, Prisma.sql`demo FOR UPDATE`);
}

async function selectOrganization(tx: Tx, condition: Prisma.Sql): Promise<OrganizationRow | null> {
  const [row] = await tx.$queryRaw<OrganizationRow[]>`
    SELECT id, name, demo, expiry_days AS "expiryDays", resend_limit AS "resendLimit", default_role AS "defaultRole",
           allowed_domains AS "allowedDomains", refused_domains AS "refusedDomains",
           new_user_invitations AS "newUserInvitations", language
    FROM organization WHERE ${condition}`;
  return row ?? null;
}

/** Locks several organizations. */
export async function lockOrganizationRows(tx: Tx, ids: readonly string[], mode: LockMode): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM organization WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id ${LOCK_CLAUSES[mode]}`;
}

/** Locks the quota of members (by id) and addresses until the transaction ends. Call it before any member is locked. */
export async function lockQuota(tx: Tx, names: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    SELECT pg_advisory_xact_lock(lock) FROM (
      SELECT DISTINCT hashtextextended(name, 0) AS lock FROM unnest(${[...names]}::text[]) name ORDER BY 1) locks`;
}

type MemberRow = { id: string; email: string; name: string; status: string; accountId: string | null };

/** Locks one member of an organization and returns it, or null. */
export async function lockMemberRow(
  tx: Tx,
  organizationId: string,
  id: string,
  mode: LockMode = "no-key-update",
): Promise<MemberRow | null> {
  const [row] = await tx.$queryRaw<MemberRow[]>`
    SELECT id, email, name, status, account_id AS "accountId" FROM member
    WHERE id = ${id}::uuid AND organization_id = ${organizationId}::uuid ${LOCK_CLAUSES[mode]}`;
  return row ?? null;
}

/** Locks the members with these ids in an organization. */
export async function lockMembersById(tx: Tx, organizationId: string, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw(
    membersLockQuery(
      Prisma.sql`m.organization_id = ${organizationId}::uuid AND m.id = ANY(${[...ids]}::uuid[])`,
    ),
  );
}

/** Locks the members with these addresses in an organization. */
export async function lockMembersByEmail(
  tx: Tx,
  organizationId: string,
  emails: readonly string[],
): Promise<void> {
  await tx.$queryRaw(
    membersLockQuery(
      Prisma.sql`m.organization_id = ${organizationId}::uuid AND m.email = ANY(${[...emails]}::text[])`,
    ),
  );
}

/** Locks the members of these invitations in an organization, or in all organizations if it is null. */
export async function lockMembersOfInvitations(
  tx: Tx,
  organizationId: string | null,
  invitationIds: readonly string[],
): Promise<void> {
  const condition = organizationId
    ? Prisma.sql`AND i.organization_id = ${organizationId}::uuid`
    : Prisma.empty;
  await tx.$queryRaw`
    SELECT FROM member m JOIN invitation i ON i.member_id = m.id
    WHERE i.id = ANY(${[...invitationIds]}::uuid[]) ${condition} ${orderAndLockMembers("no-key-update")}`;
}

/** Locks the members whose invitations have one of these emails as their latest. */
export async function lockMembersOfLatestEmails(tx: Tx, emailIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    SELECT FROM email_message e
    JOIN invitation i ON i.id = e.invitation_id
    JOIN member m ON m.id = i.member_id
    WHERE e.id = ANY(${[...emailIds]}::uuid[]) AND i.email_message_id = e.id ${orderAndLockMembers("no-key-update")}`;
}

/** Locks the members of a batch's queued emails whose invitation was revoked, and returns the ids of these emails. */
export async function lockMembersOfRevokedEmails(tx: Tx, batchId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM email_message e
    JOIN invitation i ON i.id = e.invitation_id
    JOIN member m ON m.id = i.member_id
    WHERE e.batch_id = ${batchId}::uuid AND e.state = 'queued' AND i.settled_as = 'revoked'
    ${orderAndLockMembers("no-key-update")}`;
  return new Set(rows.map(({ id }) => id));
}

/**
 * Locks the members that a delivery event of an email affects: the one with the address of the email, and the invited one,
 * whose address may have changed since. Returns the id of the member with the address, or null.
 */
export async function lockMembersOfEmail(tx: Tx, emailId: string): Promise<string | null> {
  const members = await tx.$queryRaw<{ id: string; isRecipient: boolean }[]>`
    SELECT m.id, m.email = e.to_address AS "isRecipient"
    FROM email_message e CROSS JOIN LATERAL (
      SELECT id FROM member WHERE organization_id = e.organization_id AND email = e.to_address
      UNION SELECT member_id FROM invitation WHERE id = e.invitation_id) affected
    JOIN member m ON m.id = affected.id
    WHERE e.id = ${emailId}::uuid ${orderAndLockMembers("no-key-update")}`;
  return members.find(({ isRecipient }) => isRecipient)?.id ?? null;
}

/** Locks the memberships of an account in all organizations. */
export async function lockMembersOfAccount(tx: Tx, accountId: string): Promise<void> {
  await tx.$queryRaw(
    membersLockQuery(Prisma.sql`m.account_id = ${accountId}::uuid AND m.status IN ('active', 'blocked')`),
  );
}

/** Locks the members of these organizations that belong to the account or have one of the addresses. */
export async function lockMembersOfAccountOrEmails(
  tx: Tx,
  organizationIds: readonly string[],
  accountId: string,
  emails: readonly string[],
): Promise<void> {
  await tx.$queryRaw(
    membersLockQuery(
      Prisma.sql`m.organization_id = ANY(${[...organizationIds]}::uuid[])
        AND (m.account_id = ${accountId}::uuid OR m.email = ANY(${[...emails]}::text[]))`,
      "update",
    ),
  );
}

/** Returns the query that locks the members `m` with a condition and selects their ids. */
export function membersLockQuery(condition: Prisma.Sql, mode: LockMode = "no-key-update"): Prisma.Sql {
  return Prisma.sql`SELECT m.id FROM member m WHERE ${condition} ${orderAndLockMembers(mode)}`;
}

function orderAndLockMembers(mode: LockMode): Prisma.Sql {
  return Prisma.sql`ORDER BY m.organization_id, m.email COLLATE "C" ${LOCK_CLAUSES[mode]} OF m`;
}

/** Locks an access policy and returns it, or null. `isOwn`: it is assigned to the member `memberId`. */
export async function lockPolicyRow(tx: Tx, organizationId: string, id: string, memberId: string) {
  const [row] = await tx.$queryRaw<
    { name: string; permissions: string[]; builtIn: boolean; version: number; isOwn: boolean }[]
  >`
    SELECT p.name, p.permissions, p.built_in AS "builtIn", p.version,
           EXISTS (SELECT FROM member_policy mp WHERE mp.organization_id = p.organization_id AND mp.policy_id = p.id
                     AND mp.member_id = ${memberId}::uuid) AS "isOwn"
    FROM policy p WHERE p.organization_id = ${organizationId}::uuid AND p.id = ${id}::uuid FOR UPDATE OF p`;
  return row ?? null;
}

/** Locks an email, so that concurrent events about it are applied one at a time. Returns it, or null. */
export async function lockEmail(tx: Tx, id: string) {
  const [row] = await tx.$queryRaw<
    { id: string; organizationId: string | null; invitationId: string | null }[]
  >`
    SELECT id, organization_id AS "organizationId", invitation_id AS "invitationId" FROM email_message
    WHERE id = ${id}::uuid FOR UPDATE`;
  return row ?? null;
}

/** Locks the latest email of an invitation and returns it, or null if it was erased. */
export async function lockLatestEmail(tx: Tx, invitationId: string) {
  const [row] = await tx.$queryRaw<{ kind: string; state: string }[]>`
    SELECT e.kind, e.state FROM email_message e JOIN invitation i ON i.email_message_id = e.id
    WHERE i.id = ${invitationId}::uuid FOR UPDATE OF e`;
  return row ?? null;
}

/**
 * Locks a batch of emails that is not closed and returns it, or null. `keyExpired`: the provider has forgotten the
 * idempotency key of the first call.
 */
export async function lockOpenBatch(tx: Tx, id: string) {
  const [row] = await tx.$queryRaw<{ attempt: number; called: boolean; keyExpired: boolean }[]>`
    SELECT attempt, called_at IS NOT NULL AS called,
      coalesce(called_at < clock_timestamp() - interval '24 hours', false) AS "keyExpired"
    FROM email_batch WHERE id = ${id}::uuid AND closed_at IS NULL FOR UPDATE`;
  return row ?? null;
}

/**
 * Takes the delivery lock of a batch, which the process that sends it holds during the provider's call. Returns false if
 * another process has it.
 */
export async function tryLockDelivery(tx: Tx, batchId: string): Promise<boolean> {
  const [lock] = await tx.$queryRaw<{ acquired: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${batchId}, 0)) AS acquired`;
  return lock?.acquired ?? false;
}

/**
 * Takes the delivery locks of the open batches `b` for which the query `emails` selects a row, so that none of them is sent
 * during the transaction. Returns their ids, or null if one is being sent.
 */
export async function tryLockDeliveries(tx: Tx, emails: Prisma.Sql): Promise<string[] | null> {
  const batches = await tx.$queryRaw<{ id: string; acquired: boolean }[]>`
    SELECT b.id, pg_try_advisory_xact_lock(hashtextextended(b.id::text, 0)) AS acquired
    FROM email_batch b WHERE b.closed_at IS NULL AND EXISTS (${emails})`;
  return batches.every(({ acquired }) => acquired) ? batches.map(({ id }) => id) : null;
}

type AccountRow = { id: string; email: string; name: string; operator: boolean };

/** Locks an account and returns it, or null. */
export function lockAccountRow(tx: Tx, id: string, mode: LockMode): Promise<AccountRow | null> {
  return selectAccount(tx, Prisma.sql`id = ${id}::uuid ${LOCK_CLAUSES[mode]}`);
}

/** Locks the account with an address, so that rows can safely refer to it, and returns it, or null. */
export function lockAccountByEmail(tx: Tx, email: string): Promise<AccountRow | null> {
  return selectAccount(tx, Prisma.sql`email = ${email} FOR KEY SHARE`);
}

async function selectAccount(tx: Tx, condition: Prisma.Sql): Promise<AccountRow | null> {
  const [row] = await tx.$queryRaw<AccountRow[]>`
    SELECT id, email, name, operator FROM account WHERE ${condition}`;
  return row ?? null;
}

/** Locks several accounts to delete them. */
export async function lockAccountRows(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.$queryRaw`SELECT FROM account WHERE id = ANY(${[...ids]}::uuid[]) ORDER BY id FOR UPDATE`;
}
