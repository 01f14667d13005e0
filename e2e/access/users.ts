import { randomUUID } from "node:crypto";
import type pg from "pg";
import { findActor } from "@/lib/auth/actor";
import { hashPassword } from "@/lib/crypto/password";
import { closeDatabase, transaction } from "@/lib/db/client";
import { copyInvitation } from "@/lib/invitations/commands/copy";
import { inviteMembers } from "@/lib/invitations/commands/invite";
import { insertOrganization } from "@/lib/organizations/commands/insert";
import { listServerActions } from "./entry-points";
import { postAction } from "./http";

export type UserName = "operator" | "owner" | "member" | "outsider" | "removed" | "blocked";

/** The users and ids that the access table refers to, on a new installation. */
export type TestUsers = {
  /** The values of `{organization}`, `{invitation}` and other placeholders in the table. */
  placeholders: Record<string, string>;
  signIn: (user: UserName) => Promise<string>;
  credentials: (user: UserName) => { email: string; password: string };
};

const password = "a password for tests alone";
const userNames: UserName[] = ["operator", "owner", "member", "outsider", "removed", "blocked"];

/**
 * Creates two organizations with their users, an open invitation with its email, and an admin with an unconfirmed address.
 * The installation's variables must be set in this process, because the commands read them.
 */
export async function createTestUsers(origin: string, sql: pg.Client): Promise<TestUsers> {
  const passwordHash = await hashPassword(password);
  const ours = await transaction((tx) => insertOrganization(tx, { name: "Ours", slug: "ours" }));
  const theirs = await transaction((tx) => insertOrganization(tx, { name: "Theirs", slug: "theirs" }));
  const addUser = async (name: string, organization: string | null, role = "member", isConfirmed = true) => {
    const { rows } = await sql.query<{ id: string }>(
      `INSERT INTO account (email, name, language, password_hash, verified_at, operator)
       VALUES ($1, $2, 'en', $3, CASE WHEN $4 THEN now() END, $5) RETURNING id`,
      [addressOf(name), name, passwordHash, isConfirmed, name === "operator"],
    );
    const account = rows[0]?.id ?? "";
    const member = randomUUID();
    if (organization)
      await sql.query(
        `INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
         VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, now())`,
        [member, organization, addressOf(name), name, account, role, isConfirmed],
      );
    return { account, member };
  };
  await addUser("operator", null);
  const owner = await addUser("owner", ours, "owner");
  const member = await addUser("member", ours);
  for (const name of ["removed", "blocked"]) await addUser(name, ours);
  await addUser("outsider", theirs, "owner");
  const unconfirmed = await addUser("unconfirmed", ours, "admin", false);

  const actor = await findActor(owner.account, "ours");
  if (!actor) throw new Error("The owner is not an actor.");
  const invited = await inviteMembers(actor, {
    addresses: [addressOf("guest")],
    role: "member",
    policies: [],
  });
  const { invitationId = "", memberId = "" } = (invited.ok ? invited.value[0] : undefined) ?? {};
  const copied = await copyInvitation(actor, { invitation: invitationId, shape: "code" });
  if (!copied.ok) throw new Error(`The test invitation cannot be copied: ${copied.reason}`);
  const policy = await sql.query<{ id: string }>("SELECT id FROM policy WHERE organization_id = $1 LIMIT 1", [
    ours,
  ]);
  const requests = await sql.query<{ id: string }>(
    `INSERT INTO invitation_request (id, organization_id, email, name, status, key_id, digest, confirmed_at)
     SELECT gen_random_uuid(), $1, name || '@people.test', name, 'pending', 1, sha256(name::bytea), now()
     FROM unnest(ARRAY['rosa', 'kai']) name RETURNING id`,
    [ours],
  );
  const message = await findMessageOf(sql, invitationId);
  await closeDatabase();

  return {
    placeholders: {
      organization: "ours",
      theirs: "theirs",
      stranger: addressOf("stranger"),
      token: "00000000-00000000-00000000-00000000",
      code: extractCode(copied.value),
      invitation: invitationId,
      invited: memberId,
      unconfirmed: unconfirmed.member,
      account: member.account,
      policy: policy.rows[0]?.id ?? "",
      request: requests.rows[0]?.id ?? "",
      otherRequest: requests.rows[1]?.id ?? "",
      message,
    },
    signIn: (user) => logInOverHttp(origin, user),
    credentials: (user) => ({ email: addressOf(user), password }),
  };
}

/** Removes and blocks the users who are to be removed and blocked; their sessions stay open. */
export async function endMemberships(sql: pg.Client): Promise<void> {
  for (const status of ["removed", "blocked"])
    await sql.query("UPDATE member SET status = $1, version = version + 1 WHERE email = $2", [
      status,
      addressOf(status),
    ]);
}

export function allUserNames(): UserName[] {
  return userNames;
}

function addressOf(name: string): string {
  return `${name}@people.test`;
}

/** Logs in over HTTP as the login form does and returns the session cookie. */
async function logInOverHttp(origin: string, user: UserName): Promise<string> {
  const action = listServerActions().get("action lib/sign-in/actions.ts#logInAction");
  if (!action) throw new Error("The build has no login action.");
  const { cookie, outcome } = await postAction(origin, "/login", {
    id: action.id,
    input: { email: addressOf(user), password },
  });
  if (!cookie) throw new Error(`${user} cannot log in: ${outcome}`);
  return cookie;
}

/** Waits until every email is delivered, so that the worker changes nothing while the table is tested. */
export async function waitForDelivery(sql: pg.Client): Promise<void> {
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; ) {
    const { rows } = await sql.query("SELECT FROM email_batch WHERE closed_at IS NULL LIMIT 1");
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("The emails of the test users were not delivered.");
}

async function findMessageOf(sql: pg.Client, invitation: string): Promise<string> {
  await waitForDelivery(sql);
  const { rows } = await sql.query<{ id: string }>("SELECT id FROM email_message WHERE invitation_id = $1", [
    invitation,
  ]);
  return rows[0]?.id ?? "";
}

function extractCode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const code = /[0-9A-Z]{5}(?:-[0-9A-Z]{5}){3}/.exec(text)?.[0];
  if (!code) throw new Error(`No code found in ${text}`);
  return code;
}
