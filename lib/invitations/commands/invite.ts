import { randomUUID } from "node:crypto";
import { type Actor, type Held, hold } from "@/lib/auth/actor";
import { digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { type Tx, transaction } from "@/lib/db/client";
import { isDomainAllowed, parseAddress } from "@/lib/email-address/email-address";
import type { InviteAnswer, InviteRefusal } from "@/lib/invitations/messages";
import { codeOf } from "@/lib/links/invitation-link";
import { owe } from "@/lib/mail/outbox";
import { room } from "@/lib/mail/quota";
import { type GivenPolicy, mayGive } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";
import { done, type Result, refused } from "@/lib/result/result";

export type Invite = { addresses: readonly string[]; role: Role; policies: readonly string[] };

/** What became of one text of the list; with ids where it was invited. */
export type Invited = { text: string; answer: InviteAnswer; invitationId?: string; memberId?: string };

/**
 * Invites 1 to 100 people (REQ-B2, REQ-B3): members, invitations, letters and their delivery job in one transaction with the
 * same few statements for any number. Every address gets its own answer from what was written. Refuses as a whole
 * only what concerns all: lost rights, the ceiling (REQ-A3), a policy that is gone.
 */
export async function invite(actor: Actor, input: Invite): Promise<Result<Invited[], InviteRefusal>> {
  return transaction(async (tx) => {
    const held = await hold(tx, actor, "invitations:create");
    return held ? inviteHeld(tx, actor, held, input) : refused("rights-lost");
  });
}

/** The same for a command that has begun and holds no member yet: whoever answers a request invites (REQ-E3). */
export async function inviteHeld(
  tx: Tx,
  actor: Actor,
  held: Held,
  input: Invite,
): Promise<Result<Invited[], Exclude<InviteRefusal, "rights-lost">>> {
  const parsed = input.addresses.map(parseAddress);
  const policies = await findPolicies(tx, actor.organization.id, input.policies);
  if (policies.length !== new Set(input.policies).size) return refused("policy-gone");
  if (!mayGive(held.rights, { role: input.role, policies }, held.defaultRole)) return refused("above-you");

  const wanted = new Set(parsed.flatMap((one) => ("address" in one ? [one.address] : [])));
  const answers = await sift(tx, actor, held, [...wanted].sort());
  const people = [...wanted].filter((email) => !answers.has(email)).map(newPerson);
  for (const row of await write(tx, actor, input, people)) answers.set(row.email, row);
  await givePolicies(tx, actor, input.policies, [...answers.values()]);
  return done(
    parsed.map((one) => ({
      text: one.text,
      ...("address" in one ? answerFor(answers, one.address) : { answer: one.reason }),
    })),
  );
}

type Answers = Map<string, Omit<Invited, "text">>;

function answerFor(answers: Answers, email: string): Omit<Invited, "text"> {
  const answer = answers.get(email);
  if (!answer) throw new Error("an address was left without an answer");
  return answer;
}

/** The policies with these ids in the actor's organization; fewer when one is gone or foreign. */
async function findPolicies(tx: Tx, organizationId: string, ids: readonly string[]): Promise<GivenPolicy[]> {
  if (ids.length === 0) return [];
  return tx.policy.findMany({
    where: { organizationId, id: { in: [...ids] } },
    select: { permissions: true, isDefault: true },
  });
}

/** Answers the addresses that will not be tried: refused domains, and whoever is beyond a daily limit. */
async function sift(tx: Tx, actor: Actor, held: Held, emails: readonly string[]): Promise<Answers> {
  const answers: Answers = new Map();
  for (const email of emails)
    if (!isDomainAllowed(email, held)) answers.set(email, { answer: "refused-domain" });
  const open = emails.filter((email) => !answers.has(email));
  const { full, mine } = await room(tx, actor, open);
  for (const email of open) if (full.has(email)) answers.set(email, { answer: "recipient-limit" });
  const late = open.filter((email) => !full.has(email)).slice(mine);
  for (const email of late) answers.set(email, { answer: "your-limit" });
  return answers;
}

type Person = {
  email: string;
  memberId: string;
  invitationId: string;
  emailMessageId: string;
  digest: string;
};

/** Everything of a new invitation that is not read from the database, made before the statements. */
function newPerson(email: string): Person {
  const invitationId = randomUUID();
  const digest = digestOf(codeOf(currentKey(), invitationId)).toString("hex");
  return { email, memberId: randomUUID(), invitationId, emailMessageId: randomUUID(), digest };
}

type Written = { email: string; answer: InviteAnswer; invitationId?: string; memberId?: string };

/** Writes the people and answers for each. People that lost (somebody is in, or invited already) get nothing written. */
async function write(tx: Tx, actor: Actor, input: Invite, people: readonly Person[]): Promise<Written[]> {
  if (people.length === 0) return [];
  await seat(tx, actor, input.role, people);
  const rows = await promise(tx, actor, input, people);
  const won = people.filter((one) => rows.some((row) => row.invitationId === one.invitationId));
  await owe(
    tx,
    won.map((one) => ({
      id: one.emailMessageId,
      kind: "invitation",
      to: one.email,
      organizationId: actor.organization.id,
      invitationId: one.invitationId,
      causedBy: actor.memberId,
    })),
  );
  return rows.map(({ invitationId, memberId, ...row }) =>
    invitationId && memberId ? { ...row, invitationId, memberId } : row,
  );
}

/** Takes the members' locks in the order of their addresses, and wins or loses each. */
async function seat(tx: Tx, actor: Actor, role: Role, people: readonly Person[]): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO member AS m (id, organization_id, email, status, role, invitation_id, invited_until, granted_by, delivery)
    SELECT i."memberId", o.id, i.email, 'invited', ${role}, i."invitationId",
           clock_timestamp() + make_interval(days => o.expiry_days), ${actor.memberId}::uuid, 'queued'
    FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb) AS i(email text, "memberId" uuid, "invitationId" uuid),
         organization o
    WHERE o.id = ${actor.organization.id}::uuid ORDER BY i.email COLLATE "C"
    ON CONFLICT (organization_id, email) DO UPDATE
      SET status = 'invited', role = excluded.role, invitation_id = excluded.invitation_id,
          invited_until = excluded.invited_until, resend_count = 0, delivery = 'queued', delivery_detail = NULL,
          granted_by = excluded.granted_by, account_id = NULL, address_confirmed = false, joined_at = NULL, version = m.version + 1
      WHERE m.email_suppression IS NULL
        AND (m.status = 'removed' OR (m.status = 'invited' AND m.invited_until <= clock_timestamp()))`;
}

/** For whom was won: settles what is replaced, writes invitation, policies and activity, approves an open request. */
function promise(tx: Tx, actor: Actor, input: Invite, people: readonly Person[]) {
  const organizationId = actor.organization.id;
  return tx.$queryRaw<
    { email: string; answer: InviteAnswer; invitationId: string | null; memberId: string | null }[]
  >`
    WITH input AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(people)}::jsonb)
        AS i(email text, "invitationId" uuid, "emailMessageId" uuid, digest text)),
    m AS (
      SELECT m.id, m.email, m.status, m.invited_until, m.email_suppression, i."invitationId" AS invitation_id,
             i."emailMessageId" AS email_message_id, decode(i.digest, 'hex') AS digest, coalesce(m.invitation_id = i."invitationId", false) AS won
      FROM input i JOIN member m ON m.organization_id = ${organizationId}::uuid AND m.email = i.email),
    won AS (SELECT * FROM m WHERE won),
    gone AS (
      DELETE FROM member_policy p USING won WHERE p.organization_id = ${organizationId}::uuid AND p.member_id = won.id
      RETURNING p.member_id),
    -- An open one is replaced; one that was settled stays as it ended, and is the latest no longer.
    old AS (
      UPDATE invitation i SET latest = false, settled_as = coalesce(i.settled_as, 'superseded'),
             settled_at = coalesce(i.settled_at, clock_timestamp())
      FROM won JOIN invitation was ON was.member_id = won.id AND was.latest
      WHERE i.id = was.id RETURNING i.member_id, was.settled_as IS NULL AS was_open),
    made AS (
      INSERT INTO invitation (id, organization_id, member_id, email, role, inviter_id, key_id, code_digest, issued_at,
                              created_at, expires_at, email_message_id)
      SELECT won.invitation_id, ${organizationId}::uuid, won.id, won.email, ${input.role}, ${actor.memberId}::uuid,
             ${currentKey().id}, won.digest, clock_timestamp(), clock_timestamp(), won.invited_until, won.email_message_id
      -- Joined, so that the old one makes room before the new one is there: one latest invitation a person.
      FROM won LEFT JOIN old ON old.member_id = won.id
      RETURNING id, member_id),
    approved AS (
      UPDATE invitation_request r SET status = 'approved', settled_at = clock_timestamp(),
             settled_by = ${actor.memberId}::uuid
      FROM won WHERE r.organization_id = ${organizationId}::uuid AND r.email = won.email
        AND r.status IN ('unconfirmed', 'pending')
      RETURNING won.id AS member_id, r.confirmed_at IS NOT NULL AS was_confirmed),
    noted AS (
      INSERT INTO activity (organization_id, member_id, invitation_id, actor_id, type, at, data)
      SELECT ${organizationId}::uuid, made.member_id, made.id, ${actor.memberId}::uuid, 'invited', clock_timestamp(),
             jsonb_build_object('role', ${input.role}::text)
             || CASE WHEN asked.was_confirmed THEN '{"asked":"yes"}'::jsonb ELSE '{}' END
      FROM made LEFT JOIN approved asked ON asked.member_id = made.member_id)
    SELECT m.email, made.id AS "invitationId", made.member_id AS "memberId",
           CASE WHEN m.won AND old.was_open THEN 'invited-again' WHEN m.won THEN 'invited'
                WHEN m.email_suppression IS NOT NULL AND (m.status = 'removed' OR m.invited_until <= clock_timestamp())
                  THEN 'letters-' || m.email_suppression
                WHEN m.status = 'invited' THEN 'already-invited' WHEN m.status = 'blocked' THEN 'blocked'
                ELSE 'already-a-user' END AS answer
    FROM m LEFT JOIN made ON made.id = m.invitation_id LEFT JOIN old ON old.member_id = m.id`;
}

async function givePolicies(
  tx: Tx,
  actor: Actor,
  policies: readonly string[],
  answers: readonly Omit<Invited, "text">[],
): Promise<void> {
  const members = answers.flatMap((one) => one.memberId ?? []);
  if (policies.length === 0 || members.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO member_policy (organization_id, member_id, policy_id, granted_by)
    SELECT ${actor.organization.id}::uuid, member_id, policy_id, ${actor.memberId}::uuid
    FROM unnest(${members}::uuid[]) member_id, unnest(${[...policies]}::uuid[]) policy_id`;
}
