import { randomBytes, randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { listServerActions } from "@/e2e/access/entry-points";
import { postAction } from "@/e2e/access/http";
import { embeddedDatabaseUrl } from "@/e2e/embedded-database";
import { startFoyer } from "@/e2e/servers";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { hashPassword } from "@/lib/crypto/password";
import { PrismaClient } from "@/lib/db/generated/client";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import { insertOrganization } from "@/lib/organizations/commands/insert";

const password = "a lantern over the gate";

/** Settings that give it its own database, secrets and mailbox, regardless of what this process or `.env` contains. */
const SETTINGS = {
  DATABASE_URL: "",
  FOYER_SECRET: "",
  FOYER_KEYS: "",
  RESEND_API_KEY: "",
  SMTP_URL: "",
  // The bench sets client addresses through this trusted proxy, so that rate limits stay on.
  FOYER_TRUSTED_PROXIES: "127.0.0.1,::1",
  FOYER_LOG_LEVEL: "warn",
};

export type FoyerTarget = Awaited<ReturnType<typeof startTarget>>;
export type BenchOrganization = { id: string; slug: string };

/**
 * Starts Foyer's production build with everything that is on in production (limits, headers, durable commits), on the
 * database of `dataFolder`, with a user who is logged in. This process gets the same settings, so that it can seed and read.
 */
export async function startTarget(dataFolder: string, variables: Record<string, string> = {}) {
  const foyer = await startFoyer(dataFolder, { ...SETTINGS, ...variables });
  const databaseUrl = await embeddedDatabaseUrl(dataFolder);
  const secrets = await loadOrCreateSecrets(dataFolder);
  const settings = { DATABASE_URL: databaseUrl, FOYER_SECRET: secrets.session, FOYER_KEYS: secrets.keys };
  Object.assign(process.env, settings, { FOYER_DATA: dataFolder, FOYER_URL: foyer.origin });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  // A separate client, because this process may use a second database.
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const sql = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows;
  const hash = await hashPassword(password);
  let clients = 0;
  const newIp = () => {
    clients++;
    return `10.${150 + (clients >> 16)}.${(clients >> 8) & 255}.${clients & 255}`;
  };

  async function callAction(name: string, page: string, input: Record<string, unknown>, cookie: string) {
    const action = listServerActions().get(`action ${name}`);
    if (!action) throw new Error(`action ${name} does not exist in the build`);
    return postAction(foyer.origin, page, { id: action.id, input }, { cookie, ip: newIp() });
  }

  /** Creates an account and returns its session cookie. */
  async function signUp(email: string): Promise<string> {
    await sql(
      "INSERT INTO account (email, name, password_hash, verified_at) VALUES ($1, 'Benchmark User', $2, now())",
      [email, hash],
    );
    const { cookie, outcome } = await callAction(
      "lib/sign-in/actions.ts#logInAction",
      "/login",
      { email, password },
      "",
    );
    if (!cookie) throw new Error(`${email} can't log in: ${outcome}`);
    return cookie;
  }

  const ownerEmail = `bench-${randomBytes(4).toString("hex")}@bench.example`;
  const owner = await signUp(ownerEmail);

  /** Makes the logged-in user an Owner of an organization. */
  async function addOwner(organizationId: string): Promise<void> {
    await sql(
      `INSERT INTO member (id, organization_id, email, name, account_id, status, role, address_confirmed, joined_at)
       SELECT $1, $2, email, name, id, 'active', 'owner', true, now() FROM account WHERE email = $3`,
      [randomUUID(), organizationId, ownerEmail],
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
    /** Calls a server action as a page does, from a unique client IP. */
    callAction,
    addOwner,
    /** Creates an organization with the logged-in user as its Owner. */
    async createOrganization(): Promise<BenchOrganization> {
      const slug = `bench-${randomBytes(6).toString("hex")}`;
      const id = await prisma.$transaction((tx) => insertOrganization(tx, { name: slug, slug }));
      await addOwner(id);
      return { id, slug };
    },
    /** Invites as the page does and returns the ids; throws if an address is not invited. */
    async invite({ slug }: BenchOrganization, addresses: readonly string[]): Promise<string[]> {
      const input = { organization: slug, addresses, role: "member", policies: [] };
      const page = `/o/${slug}/admin/users`;
      const { outcome, value } = await callAction(
        "lib/admin/invitation-actions.ts#inviteMembersAction",
        page,
        input,
        owner,
      );
      const { results = [] } = (value ?? {}) as { results?: InviteeResult[] };
      const failed = results.find(({ status }) => status !== "invited");
      if (outcome !== "done" || results.length !== addresses.length || failed)
        throw new Error(`not invited: ${failed?.status ?? outcome}`);
      return results.map(({ invitationId }) => invitationId ?? "");
    },
    /** Accepts as the join page of a logged-in user does, and returns the result of the action. */
    async accept(secrets: { code: string; proof: string }, cookie: string): Promise<string> {
      const page = `/join/${secrets.code}`;
      return (await callAction("lib/invitations/actions.ts#acceptInvitationAction", page, secrets, cookie))
        .outcome;
    },
    /** Waits until every queued email has been processed. */
    async waitUntilIdle(): Promise<void> {
      for (const deadline = Date.now() + 120_000; Date.now() < deadline; ) {
        const open = await sql("SELECT FROM email_batch WHERE closed_at IS NULL LIMIT 1");
        if (open.length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error("emails are still queued after two minutes");
    },
    async stop(): Promise<void> {
      await prisma.$disconnect();
      await pool.end();
      await foyer.stop();
    },
  };
}
