import { randomBytes, randomUUID } from "node:crypto";
import type { BrowserContext } from "@playwright/test";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { hashPassword } from "@/lib/crypto/password";
import { PrismaClient } from "@/lib/db/generated/client";
import type { Invited } from "@/lib/invitations/commands/invite";
import type { Uploaded } from "@/lib/invitations/commands/upload";
import { createOrganization } from "@/lib/organizations/commands";
import type { Role } from "@/lib/permissions/roles";
import { actions } from "./access/listed";
import { post } from "./access/wire";
import { type Installation, installations } from "./installations";

export type Person = { name: string; email: string };

/** Everybody whom a test seats signs in with it. */
export const password = "a lantern over the gate";

/** An address that nobody else in the tests has. */
export function someone(name: string): string {
  return `${name}-${randomBytes(4).toString("hex")}@people.test`;
}

export type TestOrganization = Awaited<ReturnType<typeof createTestOrganization>>;

/**
 * An organization of a test's own on one of the installations, with its Owner; people are seated in its database, and
 * whatever else happens goes through the served product.
 */
export async function createTestOrganization(installation: Installation) {
  const { origin, databaseUrl } = installations()[installation];
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const slug = `t-${randomBytes(5).toString("hex")}`;
  const name = `House ${slug.slice(2, 6)}`;
  const id = await prisma.$transaction((tx) => createOrganization(tx, { name, slug }));
  const hash = await hashPassword(password);

  async function sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return (await pool.query<Row>(text, values)).rows;
  }

  async function seat(first: string, role: Role): Promise<Person> {
    const person = { name: `${first} of ${slug.slice(2, 6)}`, email: someone(first.toLowerCase()) };
    await sql(
      `WITH a AS (INSERT INTO account (email, name, password_hash, verified_at) VALUES ($1, $2, $3, now()) RETURNING id)
       INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
       SELECT $4, $5, $1, $2, a.id, 'active', $6, true, now() FROM a`,
      [person.email, person.name, hash, randomUUID(), id, role],
    );
    return person;
  }

  const owner = await seat("Ana", "owner");
  const cookies = new Map<string, Promise<string>>();
  const cookieOf = (person: Person) => {
    const known = cookies.get(person.email) ?? signInOverHttp(origin, person);
    cookies.set(person.email, known);
    return known;
  };
  /** Calls an action of the product as the Owner's page would. */
  async function asOwner(action: string, sent: Record<string, unknown>): Promise<unknown> {
    const { answer, value } = await call(
      origin,
      action,
      { organization: slug, ...sent },
      await cookieOf(owner),
    );
    if (answer !== "done") throw new Error(`${action}: ${answer}`);
    return value;
  }

  return {
    installation,
    origin,
    slug,
    name,
    owner,
    sql,
    seat,
    /** Gives somebody from another organization a place here as well. */
    async welcome(person: Person, role: Role): Promise<void> {
      await sql(
        `INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
         SELECT $1, $2, a.email, a.name, a.id, 'active', $3, true, now() FROM account a WHERE a.email = $4`,
        [randomUUID(), id, role, person.email],
      );
    },
    /** Where the Owner manages people. */
    users: `/o/${slug}/admin/users`,
    /** Signs a browser in as somebody who has a password. */
    async signIn(context: BrowserContext, person: Person): Promise<void> {
      const [cookie = "", value = ""] = (await cookieOf(person)).split(/=(.*)/);
      await context.addCookies([{ name: cookie, value, url: origin, httpOnly: true, sameSite: "Lax" }]);
    },
    /** Invites somebody in the Owner's name; answers the invitation's id. */
    async invite(address: string, role: Role = "member"): Promise<string> {
      const sent = { addresses: [address], role, policies: [] };
      const { answers } = (await asOwner("lib/invitations/actions.ts#inviteMembers", sent)) as {
        answers: Invited[];
      };
      const [first] = answers;
      if (!first?.invitationId) throw new Error(`${address} was not invited: ${first?.answer}`);
      return first.invitationId;
    },
    /** Invites up to 100 people at once as Members. */
    async inviteAll(addresses: string[]): Promise<void> {
      await asOwner("lib/invitations/actions.ts#inviteMembers", { addresses, role: "member", policies: [] });
    },
    /** Uploads a list in the Owner's name; answers what became of each line. */
    async upload(list: string): Promise<Uploaded[]> {
      const sent = { list, mends: {}, role: "member", policies: [] };
      const value = await asOwner("lib/invitations/actions.ts#uploadList", sent);
      return (value as { lines: Uploaded[] }).lines;
    },
    /** What the Owner would have on the clipboard. */
    async copy(invitation: string, shape: "code" | "link"): Promise<string> {
      const copied = await asOwner("lib/invitations/actions.ts#copyInvitation", { invitation, shape });
      return (copied as { text: string }).text;
    },
    /** Moves the database's clock for one invitation: its term ended a moment ago. */
    async expire(invitation: string): Promise<void> {
      await sql(
        // The member first, as everything in the product takes them: a letter may be on its way.
        `WITH held AS (SELECT id FROM member WHERE invitation_id = $1 FOR NO KEY UPDATE),
              i AS (UPDATE invitation SET issued_at = issued_at - interval '7 days', expires_at = clock_timestamp()
                    FROM held WHERE invitation.id = $1 RETURNING invitation.id, expires_at)
         UPDATE member m SET invited_until = i.expires_at FROM i WHERE m.invitation_id = i.id`,
        [invitation],
      );
    },
    /** Ends an invitation in the database in a way that no screen offers yet. */
    async settle(invitation: string, as: string): Promise<void> {
      await sql("UPDATE invitation SET settled_as = $2, settled_at = clock_timestamp() WHERE id = $1", [
        invitation,
        as,
      ]);
    },
    async close(): Promise<void> {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

async function signInOverHttp(origin: string, { email }: Person): Promise<string> {
  const { cookie, answer } = await call(origin, "lib/accounts/actions.ts#logIn", { email, password });
  if (!cookie) throw new Error(`${email} cannot sign in: ${answer}`);
  return cookie;
}

function call(origin: string, name: string, sent: Record<string, unknown>, cookie?: string) {
  const action = actions().get(`action ${name}`);
  if (!action) throw new Error(`There is no action ${name}.`);
  // Any page that knows the action takes it; a place in the address is no part of what is tested here.
  const page = action.page.replace(/\[[^\]]+\]/g, "any");
  return post(origin, page, { id: action.id, sent }, cookie ? { cookie } : {});
}
