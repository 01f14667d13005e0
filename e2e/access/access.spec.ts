import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { type FoyerProcess, startFoyer } from "../servers";
import { allEntryPoints, listServerActions } from "./entry-points";
import { postAction, postBody, postForm, requestPage } from "./http";
import { type AccessRule, accessTable } from "./table";
import {
  allUserNames,
  createTestUsers,
  endMemberships,
  type TestUsers,
  type UserName,
  waitForDelivery,
} from "./users";

// A separate installation, so that every change in its database is caused by a request in this file.
test.describe.configure({ mode: "default" });

let foyer: FoyerProcess;
let sql: pg.Client;
let users: TestUsers;
const cookies = new Map<UserName, string>();
const cleanups: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-access-"));
  await chmod(folder, 0o711);
  cleanups.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["data", "database"]) await mkdir(path.join(folder, name));
  const database = await startEmbeddedDatabase(path.join(folder, "database"));
  cleanups.push(database.stop);
  const variables = {
    DATABASE_URL: database.url,
    FOYER_SECRET: randomBytes(32).toString("base64"),
    FOYER_KEYS: `1:${randomBytes(32).toString("base64")}`,
    FOYER_TRUSTED_PROXIES: "127.0.0.1,::1",
  };
  // The test users are created with the product's own commands, which read the same variables.
  Object.assign(process.env, variables);
  foyer = await startFoyer(path.join(folder, "data"), variables);
  cleanups.push(foyer.stop);
  sql = new pg.Client(database.url);
  await sql.connect();
  cleanups.push(() => sql.end());
  users = await createTestUsers(foyer.origin, sql);
  for (const user of allUserNames()) cookies.set(user, await users.signIn(user));
  await endMemberships(sql);
});

test.afterAll(async () => {
  for (const cleanUp of cleanups.reverse()) await cleanUp();
});

test("every page, route and action has a rule, and every rule has a page, route or action", () => {
  const listed = allEntryPoints();
  const missing = listed
    .filter((entryPoint) => !accessTable[entryPoint])
    .map((entryPoint) => `${entryPoint} has no rule: add one to e2e/access/table.ts.`);
  const stale = Object.keys(accessTable)
    .filter((entryPoint) => !listed.includes(entryPoint))
    .map((entryPoint) => `${entryPoint} has a rule but is not in the code.`);
  expect([...missing, ...stale]).toEqual([]);
});

test("every rule that sends an id states what another organization's Owner gets for it at their own path", () => {
  const missing = Object.entries(accessTable).filter(
    ([, rule]) =>
      /\{(invitation|invited|unconfirmed|policy|message|request|otherRequest)\}/.test(JSON.stringify(rule)) &&
      !rule.otherOrganization,
  );
  expect(missing.map(([entryPoint]) => entryPoint)).toEqual([]);
});

const deniedUsers = ["anonymous", "member", "outsider", "removed", "blocked"] as const;

for (const [entryPoint, rule] of Object.entries(accessTable)) {
  test(`${entryPoint}: every user gets the expected response, and nothing changes`, async () => {
    await waitForDelivery(sql);
    const before = await digestTables(rule);
    // The user with access comes last, because that request may change something.
    for (const user of deniedUsers.filter((name) => name !== rule.allowed?.as)) {
      const outcome = await sendRequest(entryPoint, rule, user, users.placeholders);
      expect.soft(outcome, `to ${user}`).toBe(fillPlaceholders(rule[user], users.placeholders));
    }
    if (rule.otherOrganization) {
      const placeholders = { ...users.placeholders, organization: "theirs" };
      expect
        .soft(
          await sendRequest(entryPoint, rule, "outsider", placeholders),
          "to another organization's Owner",
        )
        .toBe(rule.otherOrganization);
    }
    expect(await digestTables(rule), "the database").toEqual(before);
    if (rule.allowed)
      expect(
        await sendRequest(entryPoint, rule, rule.allowed.as, users.placeholders),
        "to the user with access",
      ).toBe(rule.allowed.outcome);
  });
}

// Text that PostgreSQL cannot store or JSON cannot represent, and names of inherited properties.
const hostileTexts = [
  "\0",
  "a\0b",
  "\ud800",
  "a\udc00b",
  "__proto__",
  "constructor",
  "\u202e\u0007",
  "%",
  "'\"\\;--",
];

test("no text in any action's input causes a server error: each request gets a response", async () => {
  test.slow();
  const broken: string[] = [];
  for (const [entryPoint, rule] of Object.entries(accessTable)) {
    const action = listServerActions().get(entryPoint);
    if (!action || !rule.input) continue;
    const page = fillPlaceholders(action.page.replaceAll("[", "{").replaceAll("]", "}"), users.placeholders);
    const cookie = rule.allowed && cookies.get(rule.allowed.as);
    for (const [index, text] of hostileTexts.entries())
      for (const name of textFieldsOf(rule.input)) {
        const placeholders = Object.fromEntries(
          Object.entries(users.placeholders).map(([key, value]) => [key, JSON.stringify(value).slice(1, -1)]),
        );
        const input = JSON.parse(
          fillPlaceholders(JSON.stringify({ ...rule.input, [name]: text }), placeholders),
        );
        const client = { cookie, ip: `10.202.${Object.keys(accessTable).indexOf(entryPoint)}.${index}` };
        const { outcome } = await postAction(foyer.origin, page, { id: action.id, input }, client);
        if (/^(bug|5\d\d|unreadable)/.test(outcome))
          broken.push(`${entryPoint}: ${name} ${JSON.stringify(text)}: ${outcome}`);
      }
  }
  expect(broken).toEqual([]);
});

const rawRequests = {
  "an unknown Expect header": "GET /login HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n",
  "a request without a Host header": "GET /login HTTP/1.1\r\n",
  "a request that is not HTTP": "hello\r\n",
  "an oversized header": `GET /login HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n`,
  "an unsupported method": "PROPFIND /login HTTP/1.1\r\nHost: x\r\n",
  "a path with dot segments": "GET /_next/static/../../login HTTP/1.1\r\nHost: x\r\n",
  "an image optimization request": "GET /_next/image?url=%2Flogin&w=64&q=75 HTTP/1.1\r\nHost: x\r\n",
  "a page that does not exist": "GET /nowhere HTTP/1.1\r\nHost: x\r\n",
  "a static file that does not exist": "GET /_next/static/chunks/nowhere.js HTTP/1.1\r\nHost: x\r\n",
  "a client-side navigation": "GET /login HTTP/1.1\r\nHost: x\r\nRSC: 1\r\nNext-Router-State-Tree: x\r\n",
  "an action that does not exist":
    "POST /login HTTP/1.1\r\nHost: x\r\nNext-Action: 00\r\nContent-Length: 0\r\n",
};

for (const [name, text] of Object.entries(rawRequests))
  test(`the response to ${name} has all security headers and nothing of a logged-in page`, async () => {
    const response = await sendRaw(
      `${text}${name === "a request that is not HTTP" ? "" : "Connection: close\r\n"}\r\n`,
    );
    expect(response).toMatch(/^HTTP\/1\.1 [2-4]\d\d /);
    const head = response.split("\r\n\r\n", 1)[0]?.toLowerCase() ?? "";
    for (const header of [
      "content-security-policy: default-src 'self'",
      "x-content-type-options: nosniff",
      "referrer-policy: same-origin",
      "cross-origin-opener-policy: same-origin",
      "no-store",
    ])
      expect(head).toContain(header);
    expect(head).not.toContain("x-powered-by");
  });

test("every cookie of a login is host-only, HttpOnly and SameSite=Lax", async () => {
  const { id = "" } = listServerActions().get("action lib/sign-in/actions.ts#logInAction") ?? {};
  const client = { ip: "10.203.0.1" };
  const response = await postAction(
    foyer.origin,
    "/login",
    { id, input: users.credentials("outsider") },
    client,
  );
  expect(response.setCookies?.length).toBeGreaterThan(0);
  for (const cookie of response.setCookies ?? [])
    expect(cookie).toMatch(/^foyer-[a-z-]+=[^;]*; Path=\/;( Expires=[^;]*;)? HttpOnly; SameSite=lax$/);
});

/** Sends raw bytes to the server and returns its entire response. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let response = "";
    const socket = connect(Number(new URL(foyer.origin).port), "localhost", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (chunk) => {
      response += chunk;
    });
    socket.on("error", reject).on("close", () => resolve(response));
  });
}

test("the body limit of a public form is lower than the limit of the admin's upload", async () => {
  const size = 300 * 1024;
  const post = (page: string) =>
    fetch(foyer.origin + page, {
      method: "POST",
      redirect: "manual",
      headers: { origin: foyer.origin },
      body: "x".repeat(size),
    });
  expect((await post("/login")).status).toBe(413);
  expect((await post("/o/ours/login")).status).toBe(413);
  expect((await post("/o/ours/admin/users")).status).not.toBe(413);
});

/** Returns the input fields with text, to put arbitrary text into. */
function textFieldsOf(input: Record<string, unknown>): string[] {
  return Object.entries(input).flatMap(([name, value]) => (typeof value === "string" ? name : []));
}

/** Sends a rule's request as a user, from a unique client IP, and returns the response. */
async function sendRequest(
  entryPoint: string,
  rule: AccessRule,
  user: UserName | "anonymous",
  placeholders: TestUsers["placeholders"],
): Promise<string> {
  const cookie =
    user === "anonymous" ? undefined : rule.endsSession ? await users.signIn(user) : cookies.get(user);
  // A client IP per rule and user, because an unknown code counts against the limit of its client.
  const ruleIndex = Object.keys(accessTable).indexOf(entryPoint);
  const client = { cookie, ip: `10.201.${ruleIndex % 256}.${deniedUsers.indexOf(user as never) + 2}` };
  const { origin } = foyer;
  if (rule.path && rule.body !== undefined)
    return (await postBody(origin, rule.path, rule.body, client)).outcome;
  if (rule.path)
    return (await requestPage(origin, fillPlaceholders(rule.path, placeholders), client)).outcome;
  const action = listServerActions().get(entryPoint);
  if (!action) return "is not in the build";
  const page = fillPlaceholders(action.page.replaceAll("[", "{").replaceAll("]", "}"), placeholders);
  if (rule.form) return (await postForm(origin, page, { id: action.id, form: rule.form }, client)).outcome;
  const text = fillPlaceholders(JSON.stringify(rule.input ?? {}), placeholders);
  const input = JSON.parse(text) as Record<string, unknown>;
  const { outcome } = await postAction(origin, page, { id: action.id, input }, client);
  // The build names any of the pages that have the action.
  return outcome === `to ${page}` ? "to the same page" : outcome;
}

function fillPlaceholders(text: string, placeholders: TestUsers["placeholders"]): string {
  return text.replace(/(\{|%7B)(\w+)(\}|%7D)/g, (match, _open, name: string) => placeholders[name] ?? match);
}

/**
 * Returns the row count and a digest of every table, without the columns and tables that reading may change: last activity
 * and rate limit counters.
 */
async function digestTables(rule: AccessRule): Promise<Record<string, string>> {
  const { rows: tables } = await sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const excluded = ["rate_limit", ...(rule.endsSession ? ["session"] : [])];
  const digests: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !excluded.includes(table.name))) {
    const { rows } = await sql.query<{ digest: string }>(
      `SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(r, '\n' ORDER BY r)), '') AS digest
       FROM (SELECT (to_jsonb(t) - 'seen_at' - 'last_active_at')::text AS r FROM "${name}" t) AS all_rows`,
    );
    digests[name] = rows[0]?.digest ?? "";
  }
  return digests;
}
