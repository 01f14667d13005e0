import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import type { SignedIn } from "@/lib/auth/session";
import { digestOf } from "@/lib/crypto/codes";
import { currentKey } from "@/lib/crypto/key-ring";
import { db } from "@/lib/db/client";
import { invite } from "@/lib/invitations/commands/invite";
import { revoke } from "@/lib/invitations/commands/revoke";
import { codeOf, proofOf } from "@/lib/links/invitation-link";
import { requestSecret } from "@/lib/links/request-link";
import { createTestOrganization, makeAccount, someone } from "@/lib/organizations/fixture";
import type { Role } from "@/lib/permissions/roles";
import { switchOn } from "@/lib/requests/fixture";
import type { Place } from "./ledger";

/** An organization with eight administrators, which takes requests. */
export type TestOrganization = { id: string; owner: Actor; admins: readonly Actor[] };

/** Somebody invited, who has an account already and is signed in, and what their letter carries. */
export type Guest = {
  email: string;
  signedIn: SignedIn;
  invitation: string;
  code: string;
  proof: string;
};

/** So many deals are played in one organization: nobody comes near the limits of a day. */
const DEALS = 25;

/** Answers the organization of the next deal, a fresh one now and then. */
export function orgs(): () => Promise<TestOrganization> {
  let org: TestOrganization | undefined;
  let deals = 0;
  return async () => {
    if (!org || deals++ % DEALS === 0) org = await build();
    return org;
  };
}

async function build(): Promise<TestOrganization> {
  const { id, owner, seat } = await createTestOrganization();
  await switchOn({ id });
  const admins: Actor[] = [];
  for (let i = 0; i < 8; i++) admins.push(await seat(`admin-${i}`, "admin"));
  return { id, owner, admins };
}

/** The administrator whose turn it is. */
export function adminOf(org: TestOrganization, turn: number): Actor {
  return org.admins[turn % org.admins.length] ?? org.owner;
}

/** Invites so many fresh people; all of them have a confirmed account and are signed in. */
export async function guests(org: TestOrganization, count: number): Promise<Guest[]> {
  const people = await Promise.all(
    Array.from({ length: count }, () => makeAccount(someone("lea"), "Lea Stein")),
  );
  const invited = await inviteAll(
    org,
    people.map(({ email }) => email),
  );
  return people.map((signedIn, index) => ({ signedIn, ...invited[index] }) as Guest);
}

/** Invites so many fresh people who have no account. */
export function strangers(org: TestOrganization, count: number) {
  return inviteAll(
    org,
    Array.from({ length: count }, () => someone("omar")),
  );
}

/** Invites these addresses, and answers what their letters carry, in the same order. */
export async function inviteAll(
  org: TestOrganization,
  addresses: string[],
  role: Role = "member",
): Promise<Omit<Guest, "signedIn">[]> {
  const outcome = await invite(org.owner, { addresses, role, policies: [] });
  if (!outcome.ok) throw new Error(`not invited: ${outcome.reason}`);
  return outcome.value.map(({ text, answer, invitationId }) => {
    if (!invitationId) throw new Error(`not invited: ${answer}`);
    const key = currentKey();
    return {
      email: text,
      invitation: invitationId,
      code: codeOf(key, invitationId),
      proof: proofOf(key, invitationId),
    };
  });
}

/** Moves the database's clock for these invitations: each expires so many milliseconds from now. */
export async function expireIn(invitations: readonly string[], ms: readonly number[]): Promise<void> {
  await db().$executeRaw`
    WITH i AS (
      UPDATE invitation i SET issued_at = i.issued_at - interval '7 days',
             expires_at = clock_timestamp() + make_interval(secs => t.ms / 1000.0)
      FROM unnest(${[...invitations]}::uuid[], ${[...ms]}::int[]) AS t(id, ms) WHERE i.id = t.id
      RETURNING i.id, i.expires_at)
    UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`;
}

/** Revokes them all. */
export async function revokeAll(org: TestOrganization, invitations: readonly string[]): Promise<void> {
  const outcomes = await Promise.all(invitations.map((invitation) => revoke(org.owner, { invitation })));
  for (const outcome of outcomes) if (!outcome.ok) throw new Error(`not revoked: ${outcome.reason}`);
}

/** Each of these addresses has asked for an invitation and confirmed it; answers the requests' ids, in the same order. */
export async function askFor(org: TestOrganization, people: readonly { email: string }[]): Promise<string[]> {
  const asked = await askOnly(org, people);
  const ids = asked.map(({ request }) => request);
  await db().$executeRaw`
    UPDATE invitation_request SET status = 'pending', confirmed_at = clock_timestamp() WHERE id = ANY(${ids}::uuid[])`;
  return ids;
}

/** The same before anybody has confirmed: each with the code that its letter carries. */
export async function askOnly(
  org: TestOrganization,
  people: readonly { email: string }[],
): Promise<{ request: string; code: string }[]> {
  const key = currentKey();
  const rows = people.map(({ email }) => {
    const id = randomUUID();
    const code = requestSecret(key, id);
    return { id, email, code, digest: digestOf(code).toString("hex") };
  });
  const written = JSON.stringify(rows.map(({ code: _, ...row }) => row));
  await db().$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, status, key_id, digest)
    SELECT id, ${org.id}::uuid, email, 'Omar', 'unconfirmed', ${key.id}, decode(digest, 'hex')
    FROM jsonb_to_recordset(${written}::jsonb) AS t (id uuid, email text, digest text)`;
  return rows.map(({ id, code }) => ({ request: id, code }));
}

/** Where somebody's rows are. */
export function placeOf(org: TestOrganization, { email }: { email: string }): Place {
  return { organization: org.id, email };
}

let visitors = 0;

/** A client IP that nobody had before, so that no limit of one is another's. */
export function freshIp(): string {
  visitors += 1;
  return `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
}

/** A few milliseconds or none, so that each side is first now and then. */
export function late(most: number): number {
  return Math.max(0, Math.floor(Math.random() * (most * 2 + 1)) - most);
}

/** The same in any order. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
