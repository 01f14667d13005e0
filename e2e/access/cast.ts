import { randomUUID } from "node:crypto";
import type pg from "pg";
import { findActor } from "@/lib/auth/actor";
import { hashPassword } from "@/lib/crypto/password";
import { closeDatabase, transaction } from "@/lib/db/client";
import { copy } from "@/lib/invitations/commands/copy";
import { invite } from "@/lib/invitations/commands/invite";
import { createOrganization } from "@/lib/organizations/commands";
import { actions } from "./listed";
import { post } from "./wire";

export type Person = "operator" | "owner" | "member" | "outsider" | "removed" | "blocked";

/** Everybody and everything the table speaks of, on a fresh installation. */
export type Cast = {
  /** What stands in the place of `{organization}`, `{invitation}` and so on. */
  facts: Record<string, string>;
  signIn: (person: Person) => Promise<string>;
  /** What they type to log in. */
  login: (person: Person) => { email: string; password: string };
};

const password = "a password for tests alone";
const people: Person[] = ["operator", "owner", "member", "outsider", "removed", "blocked"];

/**
 * Two organizations with their people, an open invitation with its letter, and somebody whose address is
 * unconfirmed. The variables of the installation must be in this process: the commands read them.
 */
export async function makeCast(origin: string, sql: pg.Client): Promise<Cast> {
  const hash = await hashPassword(password);
  const ours = await transaction((tx) => createOrganization(tx, { name: "Ours", slug: "ours" }));
  const theirs = await transaction((tx) => createOrganization(tx, { name: "Theirs", slug: "theirs" }));
  const seat = async (name: string, organization: string | null, role = "member", confirmed = true) => {
    const { rows } = await sql.query<{ id: string }>(
      `INSERT INTO account (email, name, password_hash, verified_at, operator)
       VALUES ($1, $2, $3, CASE WHEN $4 THEN now() END, $5) RETURNING id`,
      [addressOf(name), name, hash, confirmed, name === "operator"],
    );
    const account = rows[0]?.id ?? "";
    const member = randomUUID();
    if (organization)
      await sql.query(
        `INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
         VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, now())`,
        [member, organization, addressOf(name), name, account, role, confirmed],
      );
    return { account, member };
  };
  await seat("operator", null);
  const owner = await seat("owner", ours, "owner");
  const member = await seat("member", ours);
  for (const name of ["removed", "blocked"]) await seat(name, ours);
  await seat("outsider", theirs, "owner");
  const unconfirmed = await seat("unconfirmed", ours, "admin", false);

  const actor = await findActor(owner.account, "ours");
  if (!actor) throw new Error("The owner of the cast is no actor.");
  const invited = await invite(actor, { addresses: [addressOf("guest")], role: "member", policies: [] });
  const { invitationId = "", memberId = "" } = (invited.ok ? invited.value[0] : undefined) ?? {};
  const copied = await copy(actor, { invitation: invitationId, shape: "code" });
  if (!copied.ok) throw new Error(`The cast's invitation cannot be copied: ${copied.reason}`);
  const policy = await sql.query<{ id: string }>("SELECT id FROM policy WHERE organization_id = $1 LIMIT 1", [
    ours,
  ]);
  const requests = await sql.query<{ id: string }>(
    `INSERT INTO invitation_request (id, organization_id, email, name, status, key_id, digest, confirmed_at)
     SELECT gen_random_uuid(), $1, name || '@people.test', name, 'pending', 1, sha256(name::bytea), now()
     FROM unnest(ARRAY['rosa', 'kai']) name RETURNING id`,
    [ours],
  );
  const letter = await letterOf(sql, invitationId);
  await closeDatabase();

  return {
    facts: {
      organization: "ours",
      theirs: "theirs",
      stranger: addressOf("stranger"),
      token: "00000000-00000000-00000000-00000000",
      code: codeIn(copied.value),
      invitation: invitationId,
      invited: memberId,
      unconfirmed: unconfirmed.member,
      account: member.account,
      policy: policy.rows[0]?.id ?? "",
      request: requests.rows[0]?.id ?? "",
      otherRequest: requests.rows[1]?.id ?? "",
      letter,
    },
    signIn: (person) => signIn(origin, person),
    login: (person) => ({ email: addressOf(person), password }),
  };
}

/** Ends the places of those who had one until now; their sessions stay open, as in life. */
export async function takePlaces(sql: pg.Client): Promise<void> {
  for (const status of ["removed", "blocked"])
    await sql.query("UPDATE member SET status = $1, version = version + 1 WHERE email = $2", [
      status,
      addressOf(status),
    ]);
}

export function everyone(): Person[] {
  return people;
}

function addressOf(name: string): string {
  return `${name}@people.test`;
}

/** Signs in over HTTP, as the login form does, and answers the cookie. */
async function signIn(origin: string, person: Person): Promise<string> {
  const action = actions().get("action lib/accounts/actions.ts#logIn");
  if (!action) throw new Error("There is no action to log in by.");
  const { cookie, answer } = await post(origin, "/login", {
    id: action.id,
    sent: { email: addressOf(person), password },
  });
  if (!cookie) throw new Error(`${person} cannot sign in: ${answer}`);
  return cookie;
}

/** Waits until the queue is done with every letter, so that nothing changes by itself while the table is played. */
export async function quiet(sql: pg.Client): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const { rows } = await sql.query("SELECT FROM email_batch WHERE closed_at IS NULL LIMIT 1");
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The letters of the cast were not delivered.");
}

async function letterOf(sql: pg.Client, invitation: string): Promise<string> {
  await quiet(sql);
  const { rows } = await sql.query<{ id: string }>("SELECT id FROM email_message WHERE invitation_id = $1", [
    invitation,
  ]);
  return rows[0]?.id ?? "";
}

function codeIn(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const code = /[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}/.exec(text)?.[0];
  if (!code) throw new Error(`No code in ${text}`);
  return code;
}
