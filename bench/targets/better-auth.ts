import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { findFreePort } from "@/e2e/servers";

/** The compared version, fixed so that runs are comparable; `npm run bench` prints it. */
const PACKAGES = { "better-auth": "1.7.7", pg: "8.23.1" };
export const PEER_NAME = `better-auth ${PACKAGES["better-auth"]}`;

const root = path.resolve(import.meta.dirname, "../..");
const password = "a lantern over the gate";

export type PeerTarget = Awaited<ReturnType<typeof startPeer>>;

/**
 * Starts the organization plugin of better-auth, installed in the bench's cache, on an empty database of the same
 * PostgreSQL, with an owner who is logged in. Any response other than 2xx throws.
 */
export async function startPeer(databaseUrl: string) {
  const folder = await installPeer();
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const child = spawn(process.execPath, ["server.mjs"], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      PEER_PORT: String(port),
      PEER_DATABASE: databaseUrl,
      PEER_SECRET: randomBytes(32).toString("base64"),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  await Promise.race([
    once(child.stdout, "data"),
    exited.then(([code]) => {
      throw new Error(`the peer exited with ${code} before it was ready`);
    }),
  ]);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const sql = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows;

  async function request(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    cookie = "",
  ): Promise<Response> {
    const response = await fetch(`${origin}/api/auth${path}`, {
      method,
      headers: { origin, cookie, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`peer ${path}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** Creates an account and returns its session cookie. */
  async function signUp(email: string): Promise<string> {
    const response = await request("POST", "/sign-up/email", { email, password, name: "Benchmark User" });
    await response.text();
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  }

  const owner = await signUp("owner@bench.example");
  return {
    pid: child.pid ?? 0,
    sql,
    signUp,
    async createOrganization(slug: string): Promise<string> {
      const response = await request("POST", "/organization/create", { name: slug, slug }, owner);
      return ((await response.json()) as { id: string }).id;
    },
    /** Invites one address as the owner and returns the invitation's id. */
    async invite(organizationId: string, email: string): Promise<string> {
      const input = { organizationId, email, role: "member" };
      const response = await request("POST", "/organization/invite-member", input, owner);
      return ((await response.json()) as { id: string }).id;
    },
    async accept(invitationId: string, cookie: string): Promise<void> {
      await (await request("POST", "/organization/accept-invitation", { invitationId }, cookie)).text();
    },
    /** Requests all invitations of an organization, as it has no pages, and returns the length of the response. */
    async list(organizationId: string): Promise<number> {
      const path = `/organization/list-invitations?organizationId=${organizationId}`;
      return (await (await request("GET", path, undefined, owner)).text()).length;
    },
    /** Returns the number of emails that it would have sent. */
    countEmails: async () => Number(await (await fetch(`${origin}/emails`)).text()),
    async stop(): Promise<void> {
      await pool.end();
      child.kill();
      await exited;
    },
  };
}

/** Installs the packages once, in a folder outside Foyer's own dependencies, and returns it. */
async function installPeer(): Promise<string> {
  const folder = path.join(root, "node_modules/.cache/foyer/bench-peer");
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(root, "bench/peer.mjs"), path.join(folder, "server.mjs"));
  const manifest = { name: "bench-peer", private: true, type: "module", dependencies: PACKAGES };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await promisify(execFile)("npm", args, { cwd: folder });
  return folder;
}
