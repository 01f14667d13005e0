import { randomBytes, randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { actions } from "@/e2e/access/entry-points";
import { post } from "@/e2e/access/http";
import { ownDatabaseOf } from "@/e2e/embedded-database";
import { startFoyer } from "@/e2e/servers";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { hashPassword } from "@/lib/crypto/password";
import { PrismaClient } from "@/lib/db/generated/client";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import { insertOrganization } from "@/lib/organizations/commands/insert";

const password = "a lantern over the gate";

/** Its own database, secrets and mailbox, whatever this process or `.env` says. */
const SETTINGS = {
  DATABASE_URL: "",
  FOYER_SECRET: "",
  FOYER_KEYS: "",
  RESEND_API_KEY: "",
  SMTP_URL: "",
  // Clients of the bench have addresses of their own by this proxy's word: limits are never switched off.
  FOYER_TRUSTED_PROXIES: "127.0.0.1,::1",
  FOYER_LOG_LEVEL: "warn",
};

export type Target = Awaited<ReturnType<typeof startTarget>>;
export type Place = { id: string; slug: string };

/**
 * Starts Foyer's production build with everything that holds in production (limits, headers, durable commits), on the
 * database of `dataFolder`, with somebody signed in. This process gets the same settings, so that it can seed and read.
 */
export async function startTarget(dataFolder: string, variables: Record<string, string> = {}) {
  const foyer = await startFoyer(dataFolder, { ...SETTINGS, ...variables });
  const databaseUrl = await ownDatabaseOf(dataFolder);
  const secrets = await loadOrCreateSecrets(dataFolder);
  const here = { DATABASE_URL: databaseUrl, FOYER_SECRET: secrets.session, FOYER_KEYS: secrets.keys };
  Object.assign(process.env, here, { FOYER_DATA: dataFolder, FOYER_URL: foyer.origin });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  // Its own, because there may be a second one of these in this process.
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const sql = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows;
  const hash = await hashPassword(password);
  let clients = 0;
  const newIp = () => {
    clients++;
    return `10.${150 + (clients >> 16)}.${(clients >> 8) & 255}.${clients & 255}`;
  };

  async function act(name: string, page: string, sent: Record<string, unknown>, cookie: string) {
    const action = actions().get(`action ${name}`);
    if (!action) throw new Error(`the build has no action ${name}`);
    const answered = await post(foyer.origin, page, { id: action.id, sent }, { cookie, ip: newIp() });
    return answered;
  }

  /** Makes an account and answers its session's cookie. */
  async function signUp(email: string): Promise<string> {
    await sql(
      "INSERT INTO account (email, name, password_hash, verified_at) VALUES ($1, 'Somebody', $2, now())",
      [email, hash],
    );
    const { cookie, answer } = await act(
      "lib/sign-in/actions.ts#logInAction",
      "/login",
      { email, password },
      "",
    );
    if (!cookie) throw new Error(`${email} cannot sign in: ${answer}`);
    return cookie;
  }

  const me = `bench-${randomBytes(4).toString("hex")}@bench.example`;
  const owner = await signUp(me);

  async function enter(organizationId: string): Promise<void> {
    await sql(
      `INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
       SELECT $1, $2, email, name, id, 'active', 'owner', true, now() FROM account WHERE email = $3`,
      [randomUUID(), organizationId, me],
    );
  }

  return {
    foyer,
    pid: foyer.pid,
    origin: foyer.origin,
    databaseUrl,
    sql,
    owner,
    signUp,
    /** Calls an action as a page does, from a client of its own. */
    act,
    /** Gives whoever is signed in a place as Owner. */
    enter,
    /** A new organization of theirs. */
    async found(): Promise<Place> {
      const slug = `bench-${randomBytes(6).toString("hex")}`;
      const id = await prisma.$transaction((tx) => insertOrganization(tx, { name: slug, slug }));
      await enter(id);
      return { id, slug };
    },
    /** Invites as the page does; anything but "invited" throws. Answers the ids. */
    async invite({ slug }: Place, addresses: readonly string[]): Promise<string[]> {
      const sent = { organization: slug, addresses, role: "member", policies: [] };
      const page = `/o/${slug}/admin/users`;
      const { answer, value } = await act(
        "lib/admin/invitation-actions.ts#inviteMembersAction",
        page,
        sent,
        owner,
      );
      const { results = [] } = (value ?? {}) as { results?: InviteeResult[] };
      const bad = results.find((one) => one.status !== "invited");
      if (answer !== "done" || results.length !== addresses.length || bad)
        throw new Error(`not invited: ${bad?.status ?? answer}`);
      return answers.map(({ invitationId }) => invitationId ?? "");
    },
    /** Accepts as the join page of somebody who is signed in; answers what the action said. */
    async accept(secrets: { code: string; proof: string }, cookie: string): Promise<string> {
      const page = `/join/${secrets.code}`;
      return (await act("lib/invitations/actions.ts#acceptInvitationAction", page, secrets, cookie)).answer;
    },
    /** Waits until every letter that is owed has been dealt with. */
    async settle(): Promise<void> {
      for (const deadline = Date.now() + 120_000; Date.now() < deadline; ) {
        const owed = await sql("SELECT FROM email_batch WHERE closed_at IS NULL LIMIT 1");
        if (owed.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error("letters are still owed after two minutes");
    },
    async stop(): Promise<void> {
      await prisma.$disconnect();
      await pool.end();
      await foyer.stop();
    },
  };
}
