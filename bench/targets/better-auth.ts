import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "@/e2e/servers";

/** The newest whose own pinned packages the registry had; `npm run bench` says which one it met. */
const PACKAGES = { "better-auth": "1.7.7", pg: "8.23.1" };
export const PEER = `better-auth ${PACKAGES["better-auth"]}`;

const root = path.resolve(import.meta.dirname, "../..");
const password = "a lantern over the gate";

export type Peer = Awaited<ReturnType<typeof startPeer>>;

/**
 * Starts the organization plugin of better-auth, installed below the bench's cache, on an empty database of the same
 * PostgreSQL; with an owner who is signed in. Every answer that is not 2xx throws.
 */
export async function startPeer(databaseUrl: string) {
  const folder = await installed();
  const port = await freePort();
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
  const ended = once(child, "exit");
  await Promise.race([
    once(child.stdout, "data"),
    ended.then(([code]) => {
      throw new Error(`the peer ended with ${code} before it served`);
    }),
  ]);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  const sql = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows;

  async function ask(
    method: "GET" | "POST",
    address: string,
    body?: unknown,
    cookie = "",
  ): Promise<Response> {
    const response = await fetch(`${origin}/api/auth${address}`, {
      method,
      headers: { origin, cookie, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`peer ${address}: ${response.status} ${await response.text()}`);
    return response;
  }

  /** Makes an account and answers its session's cookie. */
  async function signUp(email: string): Promise<string> {
    const response = await ask("POST", "/sign-up/email", { email, password, name: "Somebody" });
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
    async found(slug: string): Promise<string> {
      const response = await ask("POST", "/organization/create", { name: slug, slug }, owner);
      return ((await response.json()) as { id: string }).id;
    },
    /** One invitation by the owner; answers its id. */
    async invite(organizationId: string, email: string): Promise<string> {
      const sent = { organizationId, email, role: "member" };
      const response = await ask("POST", "/organization/invite-member", sent, owner);
      return ((await response.json()) as { id: string }).id;
    },
    async accept(invitationId: string, cookie: string): Promise<void> {
      await (await ask("POST", "/organization/accept-invitation", { invitationId }, cookie)).text();
    },
    /** All invitations of an organization, which is the only way it has; answers the bytes. */
    async list(organizationId: string): Promise<number> {
      const address = `/organization/list-invitations?organizationId=${organizationId}`;
      return (await (await ask("GET", address, undefined, owner)).text()).length;
    },
    /** How many letters it would have sent. */
    letters: async () => Number(await (await fetch(`${origin}/letters`)).text()),
    async stop(): Promise<void> {
      await pool.end();
      child.kill();
      await ended;
    },
  };
}

/** Installs the packages once, in a folder that is none of Foyer's. */
async function installed(): Promise<string> {
  const folder = path.join(root, "node_modules/.cache/foyer/bench-peer");
  await mkdir(folder, { recursive: true });
  await copyFile(path.join(root, "bench/peer.mjs"), path.join(folder, "server.mjs"));
  const manifest = { name: "bench-peer", private: true, type: "module", dependencies: PACKAGES };
  await writeFile(path.join(folder, "package.json"), JSON.stringify(manifest));
  const words = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  await promisify(execFile)("npm", words, { cwd: folder });
  return folder;
}
