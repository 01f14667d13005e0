import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { hashPassword } from "@/lib/crypto/password";
import { PrismaClient } from "@/lib/db/generated/client";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import type { LineResult } from "@/lib/invitations/commands/upload";
import { insertOrganization } from "@/lib/organizations/commands/insert";
import type { Role } from "@/lib/permissions/roles";
import { listServerActions } from "./access/entry-points";
import { postAction } from "./access/http";
import { getInstallations, type InstallationName } from "./installations";

export type TestUser = { name: string; email: string };

/** The password of every user that a test adds. */
export const testPassword = "a lantern over the gate";

let hash: Promise<string> | undefined;

/** Returns a hash of the test password. Hashing is slow on purpose, so each worker does it once. */
function testPasswordHash(): Promise<string> {
  hash ??= hashPassword(testPassword);
  return hash;
}

/** Returns an address that no other test uses. */
export function uniqueAddress(name: string): string {
  return `${name}-${randomBytes(4).toString("hex")}@people.test`;
}

export type E2EOrganization = Awaited<ReturnType<typeof createE2EOrganization>>;

/**
 * Creates an organization on one of the installations, with its Owner. Users are added directly in its database; everything
 * else is done through the running application.
 */
export async function createE2EOrganization(installation: InstallationName) {
  const { origin, databaseUrl } = getInstallations()[installation];
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const slug = `t-${randomBytes(5).toString("hex")}`;
  const name = `Org ${slug.slice(2, 6)}`;
  const id = await prisma.$transaction((tx) => insertOrganization(tx, { name, slug }));
  const passwordHash = await testPasswordHash();

  async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await pool.query<Row>(text, values)).rows;
  }

  async function addMember(firstName: string, role: Role): Promise<TestUser> {
    const user = {
      name: `${firstName} of ${slug.slice(2, 6)}`,
      email: uniqueAddress(firstName.toLowerCase()),
    };
    await sql(
      `WITH a AS (INSERT INTO account (email, name, password_hash, verified_at) VALUES ($1, $2, $3, now()) RETURNING id)
       INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
       SELECT $4, $5, $1, $2, a.id, 'active', $6, true, now() FROM a`,
      [user.email, user.name, passwordHash, randomUUID(), id, role],
    );
    return user;
  }

  const owner = await addMember("Ana", "owner");
  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (user: TestUser) => {
    const cookie = cookies.get(user.email) ?? logInOverHttp(origin, user);
    cookies.set(user.email, cookie);
    return cookie;
  };
  /** Calls a server action as the Owner; throws if it is refused. */
  async function callAsOwner(action: string, input: Record<string, unknown>): Promise<unknown> {
    const { outcome, value } = await callAction(
      origin,
      action,
      { organization: slug, ...input },
      await cookieOf(owner),
    );
    if (outcome !== "done") throw new Error(`${action}: ${outcome}`);
    return value;
  }

  return {
    installation,
    origin,
    slug,
    name,
    owner,
    sql,
    addMember,
    /** Adds the account of a user from another organization. */
    async addMembership(user: TestUser, role: Role): Promise<void> {
      await sql(
        `INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
         SELECT $1, $2, a.email, a.name, a.id, 'active', $3, true, now() FROM account a WHERE a.email = $4`,
        [randomUUID(), id, role, user.email],
      );
    },
    /** The path of the Users page. */
    usersPath: `/o/${slug}/admin/users`,
    /** Sets the session cookie of a user in a browser. */
    async signIn(context: BrowserContext, user: TestUser): Promise<void> {
      const [cookie = "", value = ""] = (await cookieOf(user)).split(/=(.*)/);
      await context.addCookies([{ name: cookie, value, url: origin, httpOnly: true, sameSite: "Lax" }]);
    },
    /** Invites an address as the Owner and returns the invitation's id. */
    async invite(address: string, role: Role = "member"): Promise<string> {
      const input = { addresses: [address], role, policies: [] };
      const { results } = (await callAsOwner(
        "lib/admin/invitation-actions.ts#inviteMembersAction",
        input,
      )) as {
        results: InviteeResult[];
      };
      const [first] = results;
      if (!first?.invitationId) throw new Error(`${address} was not invited: ${first?.status}`);
      return first.invitationId;
    },
    /** Invites up to 100 addresses as Members in one call. */
    async inviteMany(addresses: string[]): Promise<void> {
      await callAsOwner("lib/admin/invitation-actions.ts#inviteMembersAction", {
        addresses,
        role: "member",
        policies: [],
      });
    },
    /** Uploads a list as the Owner and returns the result of each line. */
    async uploadList(list: string): Promise<LineResult[]> {
      const input = { list, choices: { corrections: {} }, from: 0, role: "member", policies: [] };
      const value = await callAsOwner("lib/admin/invitation-actions.ts#uploadInvitationListAction", input);
      return (value as { lines: LineResult[] }).lines;
    },
    /** Returns the code or link that the Owner would copy. */
    async copyInvitation(invitation: string, shape: "code" | "link"): Promise<string> {
      const copied = await callAsOwner("lib/admin/invitation-actions.ts#copyInvitationAction", {
        invitation,
        shape,
      });
      return (copied as { text: string }).text;
    },
    /** Changes the dates of an invitation in the database so that it has just expired. */
    async expire(invitation: string): Promise<void> {
      await sql(
        // Lock the member first, in the product's lock order: a worker may be sending the email.
        `WITH locked AS (SELECT id FROM member WHERE invitation_id = $1 FOR NO KEY UPDATE),
              i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days', expires_at = clock_timestamp()
                    FROM locked WHERE invitation.id = $1 RETURNING invitation.id, expires_at)
         UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`,
        [invitation],
      );
    },
    /** Sets an invitation's `settled_as` in the database, where no screen can. */
    async setSettledAs(invitation: string, settledAs: string): Promise<void> {
      await sql("UPDATE invitation SET settled_as = $2, settled_at = clock_timestamp() WHERE id = $1", [
        invitation,
        settledAs,
      ]);
    },
    async close(): Promise<void> {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function logInOverHttp(origin: string, { email }: TestUser): Promise<string> {
  const input = { email, password: testPassword };
  const { cookie, outcome } = await callAction(origin, "lib/sign-in/actions.ts#logInAction", input);
  if (!cookie) throw new Error(`${email} cannot log in: ${outcome}`);
  return cookie;
}

function callAction(origin: string, name: string, input: Record<string, unknown>, cookie?: string) {
  const action = listServerActions().get(`action ${name}`);
  if (!action) throw new Error(`Action ${name} does not exist.`);
  // Any page of the action accepts it, so the dynamic segments of the path do not matter.
  const page = action.page.replace(/\[[^\]]+\]/g, "any");
  return postAction(origin, page, { id: action.id, input }, cookie ? { cookie } : {});
}
