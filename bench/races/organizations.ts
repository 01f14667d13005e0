import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import type { SignedInAccount } from "@/lib/auth/session";
import { sha256 } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { revokeInvitation } from "@/lib/invitations/commands/revoke";
import { deriveInvitationCode, deriveMailboxProof } from "@/lib/links/invitation-link";
import { deriveRequestSecret } from "@/lib/links/request-link";
import type { Role } from "@/lib/permissions/roles";
import { setAcceptsRequests } from "@/lib/requests/fixture";
import { createTestAccount, createTestOrganization, uniqueEmail } from "@/test/factories";
import type { PersonKey } from "./db-snapshot";

/** An organization with eight admins that accepts requests. */
export type RaceOrganization = { id: string; owner: Actor; admins: readonly Actor[] };

/** An invitee with an account and a session, and the secrets in their email. */
export type Invitee = {
  email: string;
  signedIn: SignedInAccount;
  invitation: string;
  code: string;
  proof: string;
};

/** Number of preparations per organization, so that no one reaches a daily limit. */
const ROUNDS_PER_ORGANIZATION = 25;

/** Returns a function that returns the organization of the next round: a new one after every 25 rounds. */
export function createOrganizationPool(): () => Promise<RaceOrganization> {
  let org: RaceOrganization | undefined;
  let uses = 0;
  return async () => {
    if (!org || uses++ % ROUNDS_PER_ORGANIZATION === 0) org = await createRaceOrganization();
    return org;
  };
}

async function createRaceOrganization(): Promise<RaceOrganization> {
  const { id, owner, addMember } = await createTestOrganization();
  await setAcceptsRequests({ id });
  const admins: Actor[] = [];
  for (let i = 0; i < 8; i++) admins.push(await addMember(`admin-${i}`, "admin"));
  return { id, owner, admins };
}

/** Returns the admins of an organization in turn. */
export function adminOf(org: RaceOrganization, index: number): Actor {
  return org.admins[index % org.admins.length] ?? org.owner;
}

/** Invites `count` new people who have a confirmed account and a session. */
export async function inviteAccounts(org: RaceOrganization, count: number): Promise<Invitee[]> {
  const people = await Promise.all(
    Array.from({ length: count }, () => createTestAccount(uniqueEmail("lea"), "Lea Stein")),
  );
  const invited = await inviteAll(
    org,
    people.map(({ email }) => email),
  );
  return people.map((signedIn, index) => ({ signedIn, ...invited[index] }) as Invitee);
}

/** Invites `count` new people without an account. */
export function inviteNewPeople(org: RaceOrganization, count: number) {
  return inviteAll(
    org,
    Array.from({ length: count }, () => uniqueEmail("omar")),
  );
}

/** Invites these addresses and returns the secrets of their emails, in the same order. */
export async function inviteAll(
  org: RaceOrganization,
  addresses: string[],
  role: Role = "member",
): Promise<Omit<Invitee, "signedIn">[]> {
  const result = await inviteMembers(org.owner, { addresses, role, policies: [] });
  if (!result.ok) throw new Error(`not invited: ${result.reason}`);
  return result.value.map(({ text, status, invitationId }) => {
    if (!invitationId) throw new Error(`not invited: ${status}`);
    const key = currentKey();
    return {
      email: text,
      invitation: invitationId,
      code: deriveInvitationCode(key, invitationId),
      proof: deriveMailboxProof(key, invitationId),
    };
  });
}

/**
 * Changes the dates of these invitations in the database so that each expires after its number of milliseconds from
 * now.
 */
export async function expireIn(invitations: readonly string[], ms: readonly number[]): Promise<void> {
  await db().$executeRaw`
    WITH i AS (
      UPDATE invitation i SET issued_at = i.issued_at - interval '7 days',
             expires_at = clock_timestamp() + make_interval(secs => t.ms / 1000.0)
      FROM unnest(${[...invitations]}::uuid[], ${[...ms]}::int[]) AS t(id, ms) WHERE i.id = t.id
      RETURNING i.id, i.expires_at)
    UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`;
}

/** Revokes all these invitations. */
export async function revokeAll(org: RaceOrganization, invitations: readonly string[]): Promise<void> {
  const results = await Promise.all(
    invitations.map((invitation) => revokeInvitation(org.owner, { invitation })),
  );
  for (const result of results) if (!result.ok) throw new Error(`not revoked: ${result.reason}`);
}

/** Creates a confirmed request for each of these addresses and returns their ids, in the same order. */
export async function createConfirmedRequests(
  org: RaceOrganization,
  people: readonly { email: string }[],
): Promise<string[]> {
  const created = await createRequests(org, people);
  const ids = created.map(({ request }) => request);
  await db().$executeRaw`
    UPDATE invitation_request SET status = 'pending', confirmed_at = clock_timestamp() WHERE id = ANY(${ids}::uuid[])`;
  return ids;
}

/** Creates an unconfirmed request for each of these addresses and returns it with the code of its email. */
export async function createRequests(
  org: RaceOrganization,
  people: readonly { email: string }[],
): Promise<{ request: string; code: string }[]> {
  const key = currentKey();
  const rows = people.map(({ email }) => {
    const id = randomUUID();
    const code = deriveRequestSecret(key, id);
    return { id, email, code, digest: sha256(code).toString("hex") };
  });
  const json = JSON.stringify(rows.map(({ code: _, ...row }) => row));
  await db().$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, status, key_id, digest)
    SELECT id, ${org.id}::uuid, email, 'Omar', 'unconfirmed', ${key.id}, decode(digest, 'hex')
    FROM jsonb_to_recordset(${json}::jsonb) AS t (id uuid, email text, digest text)`;
  return rows.map(({ id, code }) => ({ request: id, code }));
}

/** Returns the key of a person's rows in an organization. */
export function personKey(org: RaceOrganization, { email }: { email: string }): PersonKey {
  return { organization: org.id, email };
}

let ipCount = 0;

/** Returns an unused client IP, so that rate limits per client do not affect other calls. */
export function newClientIp(): string {
  ipCount += 1;
  return `10.${(ipCount >> 16) & 255}.${(ipCount >> 8) & 255}.${ipCount & 255}`;
}

/** Returns 0 in half of the cases and otherwise up to `max` milliseconds, so that each side of a race is first sometimes. */
export function jitter(max: number): number {
  return Math.max(0, Math.floor(Math.random() * (max * 2 + 1)) - max);
}

/** Returns the items in random order. */
export function shuffle<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
