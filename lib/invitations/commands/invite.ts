import { randomUUID } from "node:crypto";
import { type Actor, type LockedOrganization, lockOrganization } from "@/lib/auth/actor";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { QUEUED_DELIVERY } from "@/lib/db/copies";
import { isDomainAllowed, parseAddress } from "@/lib/email-address/email-address";
import type { InviteeStatus, InviteRefusal } from "@/lib/invitations/messages";
import { deriveInvitationCode } from "@/lib/links/invitation-link";
import { enqueueEmails } from "@/lib/mail/outbox";
import { remainingQuota } from "@/lib/mail/quota";
import { canGrant, type GrantablePolicy } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

export type InviteInput = {
  addresses: readonly string[];
  role: Role;
  policies: readonly string[];
  /** The language of the invitations (REQ-B15); by default the organization's. */
  language?: string | undefined;
  /** What single people get instead, by their address: from the columns of a list, or from a request. */
  people?: ReadonlyMap<string, PersonInput>;
};

/** The name of a person, which counts until they join, and what they get instead of what all get (REQ-B10). */
export type PersonInput = {
  name?: string | undefined;
  role?: Role | undefined;
  policies?: readonly string[] | undefined;
  language?: string | undefined;
};

/** The result of one entered text. The ids are set if the address was invited. */
export type InviteeResult = { text: string; status: InviteeStatus; invitationId?: string; memberId?: string };

/**
 * Invites 1 to 100 people (REQ-B2, REQ-B3). Members, invitations, emails and the delivery job are written in
 * one transaction, with the same number of statements for any number of people. Returns one result per
 * entered text, read from what was written. Refuses all only for what concerns all: lost permission, the
 * ceiling (REQ-A3), a deleted policy.
 */
export async function inviteMembers(
  actor: Actor,
  input: InviteInput,
): Promise<Result<InviteeResult[], InviteRefusal>> {
  return transaction(async (tx) => {
    const locked = await lockOrganization(tx, actor, "invitations:create", "share");
    return locked ? inviteLocked(tx, actor, locked, input) : refused("rights-lost");
  });
}

/**
 * Invites people, like `inviteMembers`, for a caller that has locked the organization and no member yet, such
 * as approving a request (REQ-E3).
 */
export async function inviteLocked(
  tx: Tx,
  actor: Actor,
  locked: LockedOrganization,
  input: InviteInput,
): Promise<Result<InviteeResult[], Exclude<InviteRefusal, "rights-lost">>> {
  const parsed = input.addresses.map(parseAddress);
  const problem = await findGrantProblem(tx, actor, locked, input);
  if (problem) return refused(problem);

  const emails = new Set(parsed.flatMap((entry) => ("address" in entry ? [entry.address] : [])));
  const results = await rejectIneligible(tx, actor, locked, [...emails].sort());
  const invitees = [...emails]
    .filter((email) => !results.has(email))
    .map((email) => newInvitee(email, input, locked.language));
  for (const row of await writeInvitations(tx, actor, invitees)) results.set(row.email, row);
  await assignPolicies(tx, actor, invitees, results);
  return done(
    parsed.map((entry) => ({
      text: entry.text,
      ...("address" in entry ? resultFor(results, entry.address) : { status: entry.reason }),
    })),
  );
}

type ResultsByEmail = Map<string, Omit<InviteeResult, "text">>;

function resultFor(results: ResultsByEmail, email: string): Omit<InviteeResult, "text"> {
  const result = results.get(email);
  if (!result) throw new Error("no result for an address");
  return result;
}

/** Returns why the roles and policies cannot be given (REQ-A3), or null if all can. */
async function findGrantProblem(
  tx: Tx,
  actor: Actor,
  locked: LockedOrganization,
  input: InviteInput,
): Promise<"policy-gone" | "above-you" | null> {
  const grants = [input, ...(input.people?.values() ?? [])].map(({ role, policies }) => ({
    role: role ?? input.role,
    policies: policies ?? input.policies,
  }));
  const found = await findPolicies(tx, actor.organization.id, [
    ...new Set(grants.flatMap(({ policies }) => policies)),
  ]);
  for (const { role, policies } of grants) {
    const known = [...new Set(policies)].map((id) => found.get(id));
    if (!known.every((policy) => policy !== undefined)) return "policy-gone";
    if (!canGrant(locked.rights, { role, policies: known }, locked.defaultRole)) return "above-you";
  }
  return null;
}

/**
 * Returns the policies with these ids in the organization; deleted policies and those of others are missing.
 */
async function findPolicies(
  tx: Tx,
  organizationId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GrantablePolicy>> {
  if (ids.length === 0) return new Map();
  const policies = await tx.policy.findMany({
    where: { organizationId, id: { in: [...ids] } },
    select: { id: true, permissions: true, isDefault: true },
  });
  return new Map(policies.map(({ id, ...policy }) => [id, policy]));
}

/** Returns the results of addresses that are not tried: refused domains, and addresses over a daily limit. */
async function rejectIneligible(
  tx: Tx,
  actor: Actor,
  locked: LockedOrganization,
  emails: readonly string[],
): Promise<ResultsByEmail> {
  const results: ResultsByEmail = new Map();
  for (const email of emails)
    if (!isDomainAllowed(email, locked)) results.set(email, { status: "refused-domain" });
  const allowed = emails.filter((email) => !results.has(email));
  const { overLimit, remaining } = await remainingQuota(tx, actor, allowed);
  for (const email of allowed) if (overLimit.has(email)) results.set(email, { status: "recipient-limit" });
  const beyondQuota = allowed.filter((email) => !overLimit.has(email)).slice(remaining);
  for (const email of beyondQuota) results.set(email, { status: "your-limit" });
  return results;
}

type Invitee = {
  email: string;
  name: string;
  role: Role;
  policies: readonly string[];
  language: string;
  memberId: string;
  invitationId: string;
  emailMessageId: string;
  digest: string;
};

/** Creates the ids and the code digest of a new invitation. */
function newInvitee(email: string, input: InviteInput, defaultLanguage: string): Invitee {
  const person = input.people?.get(email);
  const invitationId = randomUUID();
  const digest = sha256(deriveInvitationCode(currentKey(), invitationId)).toString("hex");
  return {
    email,
    name: person?.name ?? "",
    role: person?.role ?? input.role,
    policies: person?.policies ?? input.policies,
    language: person?.language ?? input.language ?? defaultLanguage,
    memberId: randomUUID(),
    invitationId,
    emailMessageId: randomUUID(),
    digest,
  };
}

type WrittenRow = { email: string; status: InviteeStatus; invitationId?: string; memberId?: string };

/**
 * Writes the invitations and returns a result for each invitee. Nothing is written for users and people
 * already invited.
 */
async function writeInvitations(tx: Tx, actor: Actor, invitees: readonly Invitee[]): Promise<WrittenRow[]> {
  if (invitees.length === 0) return [];
  await upsertInvitedMembers(tx, actor, invitees);
  const rows = await insertInvitations(tx, actor, invitees);
  const inserted = invitees.filter(({ invitationId }) =>
    rows.some((row) => row.invitationId === invitationId),
  );
  await enqueueEmails(
    tx,
    inserted.map(({ email, invitationId, emailMessageId }) => ({
      id: emailMessageId,
      kind: "invitation",
      to: email,
      organizationId: actor.organization.id,
      invitationId,
      causedBy: actor.memberId,
    })),
  );
  return rows.map(({ invitationId, memberId, ...row }) =>
    invitationId && memberId ? { ...row, invitationId, memberId } : row,
  );
}

/** Upserts members in email order (lock order); rows that conflict are skipped. */
async function upsertInvitedMembers(tx: Tx, actor: Actor, invitees: readonly Invitee[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO member AS m (id, organization_id, email, name, status, role, invitation_id, invited_until, granted_by, delivery)
    SELECT input."memberId", o.id, input.email, input.name, 'invited', input.role, input."invitationId",
           clock_timestamp() + make_interval(days => o.expiry_days), ${actor.memberId}::uuid, 'queued'
    FROM jsonb_to_recordset(${JSON.stringify(invitees)}::jsonb)
           AS input (email text, name text, role text, "memberId" uuid, "invitationId" uuid),
         organization o
    WHERE o.id = ${actor.organization.id}::uuid ORDER BY input.email COLLATE "C"
    ON CONFLICT (organization_id, email) DO UPDATE
      SET status = 'invited', name = coalesce(nullif(excluded.name, ''), m.name), role = excluded.role, invitation_id = excluded.invitation_id,
          invited_until = excluded.invited_until, resend_count = 0, ${QUEUED_DELIVERY},
          granted_by = excluded.granted_by, account_id = NULL, address_confirmed = false, joined_at = NULL,
          version = m.version + 1
      WHERE m.email_suppression IS NULL
        AND (m.status = 'removed' OR (m.status = 'invited' AND m.invited_until <= clock_timestamp()))`;
}

/**
 * For upserted members: supersedes older invitations, inserts the invitation and the activity, deletes old
 * policies and approves an open request. Returns a status for every invitee.
 */
function insertInvitations(tx: Tx, actor: Actor, invitees: readonly Invitee[]) {
  const organizationId = actor.organization.id;
  return tx.$queryRaw<
    { email: string; status: InviteeStatus; invitationId: string | null; memberId: string | null }[]
  >`
    WITH input AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(invitees)}::jsonb)
        AS i(email text, role text, language text, "invitationId" uuid, "emailMessageId" uuid, digest text)),
    candidate AS (
      SELECT m.id, m.email, m.name, m.status, m.invited_until, m.email_suppression, i."invitationId" AS invitation_id, i.role, i.language,
             i."emailMessageId" AS email_message_id, decode(i.digest, 'hex') AS digest,
             coalesce(m.invitation_id = i."invitationId", false) AS is_upserted
      FROM input i JOIN member m ON m.organization_id = ${organizationId}::uuid AND m.email = i.email),
    upserted AS (SELECT * FROM candidate WHERE is_upserted),
    deleted_policy AS (
      DELETE FROM member_policy p USING upserted
      WHERE p.organization_id = ${organizationId}::uuid AND p.member_id = upserted.id
      RETURNING p.member_id),
    -- An open invitation is superseded; a closed one keeps its resolution. Neither is the latest any longer.
    replaced AS (
      UPDATE invitation i SET latest = false, settled_as = coalesce(i.settled_as, 'superseded'),
             settled_at = coalesce(i.settled_at, clock_timestamp())
      FROM upserted JOIN invitation previous ON previous.member_id = upserted.id AND previous.latest
      WHERE i.id = previous.id RETURNING i.member_id, previous.settled_as IS NULL AS was_open),
    inserted AS (
      INSERT INTO invitation (id, organization_id, member_id, email, name, role, language, inviter_id, key_id, code_digest,
                              issued_at, created_at, expires_at, email_message_id)
      SELECT upserted.invitation_id, ${organizationId}::uuid, upserted.id, upserted.email, upserted.name, upserted.role,
             upserted.language, ${actor.memberId}::uuid, ${currentKey().id}, upserted.digest, clock_timestamp(), clock_timestamp(),
             upserted.invited_until, upserted.email_message_id
      -- The join runs the UPDATE before the INSERT: a unique index allows one latest invitation per person.
      FROM upserted LEFT JOIN replaced ON replaced.member_id = upserted.id
      RETURNING id, member_id, role),
    approved AS (
      UPDATE invitation_request r SET status = 'approved', settled_at = clock_timestamp(),
             settled_by = ${actor.memberId}::uuid
      FROM upserted WHERE r.organization_id = ${organizationId}::uuid AND r.email = upserted.email
        AND r.status IN ('unconfirmed', 'pending')
      RETURNING upserted.id AS member_id, r.confirmed_at IS NOT NULL AS was_confirmed),
    logged AS (
      INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
      SELECT ${organizationId}::uuid, inserted.member_id, inserted.id, ${actor.memberId}::uuid, 'invited',
             clock_timestamp(), jsonb_build_object('role', inserted.role)
             || CASE WHEN approved.was_confirmed THEN '{"asked":"yes"}'::jsonb ELSE '{}' END
      FROM inserted LEFT JOIN approved ON approved.member_id = inserted.member_id)
    SELECT c.email, inserted.id AS "invitationId", inserted.member_id AS "memberId",
           CASE WHEN c.is_upserted AND replaced.was_open THEN 'invited-again' WHEN c.is_upserted THEN 'invited'
                WHEN c.email_suppression IS NOT NULL AND (c.status = 'removed' OR c.invited_until <= clock_timestamp())
                  THEN 'suppressed-' || c.email_suppression
                WHEN c.status = 'invited' THEN 'already-invited' WHEN c.status = 'blocked' THEN 'blocked'
                ELSE 'already-a-user' END AS status
    FROM candidate c LEFT JOIN inserted ON inserted.id = c.invitation_id
         LEFT JOIN replaced ON replaced.member_id = c.id`;
}

async function assignPolicies(
  tx: Tx,
  actor: Actor,
  invitees: readonly Invitee[],
  results: ResultsByEmail,
): Promise<void> {
  const assigned = invitees.flatMap(({ email, policies }) => {
    const memberId = results.get(email)?.memberId;
    return memberId ? [...new Set(policies)].map((policyId) => ({ memberId, policyId })) : [];
  });
  if (assigned.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO member_policy (organization_id, member_id, policy_id, granted_by)
    SELECT ${actor.organization.id}::uuid, member_id, policy_id, ${actor.memberId}::uuid
    FROM unnest(${assigned.map(({ memberId }) => memberId)}::uuid[],
                ${assigned.map(({ policyId }) => policyId)}::uuid[]) AS assigned (member_id, policy_id)`;
}
