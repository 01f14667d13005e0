import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { startDatabase } from "@/lib/postgres/embedded";
import { type Foyer, startFoyer } from "../servers";
import { type Cast, everyone, makeCast, type Person, quiet, takePlaces } from "./cast";
import { actions, everyWayIn } from "./listed";
import { type Row, table } from "./table";
import { get, post, postForm, postText } from "./wire";

// One installation that nobody else uses: what a request changed would be seen in its database.
test.describe.configure({ mode: "default" });

let foyer: Foyer;
let sql: pg.Client;
let cast: Cast;
const cookies = new Map<Person, string>();
const ends: (() => Promise<void>)[] = [];

test.beforeAll(async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "foyer-access-"));
  await chmod(folder, 0o711);
  ends.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ["data", "database"]) await mkdir(path.join(folder, name));
  const database = await startDatabase(path.join(folder, "database"));
  ends.push(database.stop);
  const variables = {
    DATABASE_URL: database.url,
    FOYER_SECRET: randomBytes(32).toString("base64"),
    FOYER_KEYS: `1:${randomBytes(32).toString("base64")}`,
    FOYER_TRUSTED_PROXIES: "127.0.0.1,::1",
  };
  // The cast is made by the product's own commands, which read the same variables.
  Object.assign(process.env, variables);
  foyer = await startFoyer(path.join(folder, "data"), variables);
  ends.push(foyer.stop);
  sql = new pg.Client(database.url);
  await sql.connect();
  ends.push(() => sql.end());
  cast = await makeCast(foyer.origin, sql);
  for (const person of everyone()) cookies.set(person, await cast.signIn(person));
  await takePlaces(sql);
});

test.afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

test("every page, route and action has its row, and every row its page, route or action", () => {
  const listed = everyWayIn();
  const missing = listed
    .filter((way) => !table[way])
    .map((way) => `${way} has no row: say in e2e/access/table.ts who gets what.`);
  const stale = Object.keys(table)
    .filter((way) => !listed.includes(way))
    .map((way) => `${way} has a row but is not in the code.`);
  expect([...missing, ...stale]).toEqual([]);
});

test("every row that sends an id of ours says what another organization's Owner gets for it at their own address", () => {
  const without = Object.entries(table).filter(
    ([, row]) =>
      /\{(invitation|invited|unconfirmed|policy|letter|request|otherRequest)\}/.test(JSON.stringify(row)) &&
      !row.foreign,
  );
  expect(without.map(([way]) => way)).toEqual([]);
});

const refusedTo = ["nobody", "member", "outsider", "removed", "blocked"] as const;

for (const [way, row] of Object.entries(table)) {
  test(`${way}: each gets what is theirs, and nothing changes`, async () => {
    await quiet(sql);
    const before = await everything(row);
    // Whoever may gets it last, when nothing has to stay as it was.
    for (const person of refusedTo.filter((one) => one !== row.allowed?.as)) {
      const answer = await play(way, row, person, cast.facts);
      expect.soft(answer, `to ${person}`).toBe(filled(row[person], cast.facts));
    }
    if (row.foreign) {
      const facts = { ...cast.facts, organization: "theirs" };
      expect
        .soft(await play(way, row, "outsider", facts), "to another organization's Owner with our ids")
        .toBe(row.foreign);
    }
    expect(await everything(row), "what is in the database").toEqual(before);
    if (row.allowed)
      expect(await play(way, row, row.allowed.as, cast.facts), "to who may").toBe(row.allowed.get);
  });
}

// What PostgreSQL cannot store, what JSON cannot carry, and names that every object has.
const hostile = [
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

test("no text that is sent to any action breaks it: each is answered, and none by a bug", async () => {
  test.slow();
  const broken: string[] = [];
  for (const [way, row] of Object.entries(table)) {
    const action = actions().get(way);
    if (!action || !row.sent) continue;
    const page = filled(action.page.replaceAll("[", "{").replaceAll("]", "}"), cast.facts);
    const cookie = row.allowed && cookies.get(row.allowed.as);
    for (const [turn, text] of hostile.entries())
      for (const name of textsOf(row.sent)) {
        const facts = Object.fromEntries(
          Object.entries(cast.facts).map(([key, fact]) => [key, JSON.stringify(fact).slice(1, -1)]),
        );
        const sent = JSON.parse(filled(JSON.stringify({ ...row.sent, [name]: text }), facts));
        const sender = { cookie, ip: `10.202.${Object.keys(table).indexOf(way)}.${turn}` };
        const { answer } = await post(foyer.origin, page, { id: action.id, sent }, sender);
        if (/^(bug|5\d\d|unreadable)/.test(answer))
          broken.push(`${way}: ${name} ${JSON.stringify(text)}: ${answer}`);
      }
  }
  expect(broken).toEqual([]);
});

const sent = {
  "an expectation that nobody knows": "GET /login HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n",
  "no host": "GET /login HTTP/1.1\r\n",
  "no HTTP": "hello\r\n",
  "a header without end": `GET /login HTTP/1.1\r\nHost: x\r\nX: ${"x".repeat(20_000)}\r\n`,
  "a method of another kind": "PROPFIND /login HTTP/1.1\r\nHost: x\r\n",
  "a way to another page by dots": "GET /_next/static/../../login HTTP/1.1\r\nHost: x\r\n",
  "a picture to fit": "GET /_next/image?url=%2Flogin&w=64&q=75 HTTP/1.1\r\nHost: x\r\n",
  "a page that is not there": "GET /nowhere HTTP/1.1\r\nHost: x\r\n",
  "a file of the build that is not there": "GET /_next/static/chunks/nowhere.js HTTP/1.1\r\nHost: x\r\n",
  "a page for the router alone": "GET /login HTTP/1.1\r\nHost: x\r\nRSC: 1\r\nNext-Router-State-Tree: x\r\n",
  "an action that is not there":
    "POST /login HTTP/1.1\r\nHost: x\r\nNext-Action: 00\r\nContent-Length: 0\r\n",
};

for (const [what, text] of Object.entries(sent))
  test(`the answer to ${what} has the headers of every answer, and nothing of a signed-in page`, async () => {
    const answer = await raw(`${text}${what === "no HTTP" ? "" : "Connection: close\r\n"}\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 [2-4]\d\d /);
    const head = answer.split("\r\n\r\n", 1)[0]?.toLowerCase() ?? "";
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

test("every cookie of a sign-in is the house's own, and no script or other site has a part in it", async () => {
  const { id = "" } = actions().get("action lib/accounts/actions.ts#logIn") ?? {};
  const sender = { ip: "10.203.0.1" };
  const answered = await post(foyer.origin, "/login", { id, sent: cast.login("outsider") }, sender);
  expect(answered.set?.length).toBeGreaterThan(0);
  for (const cookie of answered.set ?? [])
    expect(cookie).toMatch(/^foyer-[a-z-]+=[^;]*; Path=\/;( Expires=[^;]*;)? HttpOnly; SameSite=lax$/);
});

/** What comes back to a text that is sent as it is. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(new URL(foyer.origin).port), "localhost", () => socket.write(text));
    socket.setEncoding("utf8").on("data", (part) => {
      answer += part;
    });
    socket.on("error", reject).on("close", () => resolve(answer));
  });
}

test("a form that anybody may send is not read beyond its length, a list in the admin is", async () => {
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

/** The fields of an action that hold free text: not ids, nor the one word of several. */
function textsOf(sent: Record<string, unknown>): string[] {
  return Object.entries(sent).flatMap(([name, value]) => (typeof value === "string" ? name : []));
}

/** Sends the request of a row in somebody's name, each from an address of their own. */
async function play(way: string, row: Row, person: Person | "nobody", facts: Cast["facts"]): Promise<string> {
  const cookie =
    person === "nobody" ? undefined : row.endsSession ? await cast.signIn(person) : cookies.get(person);
  // Each row from clients of its own: a code that opens nothing counts against whoever sends it.
  const place = Object.keys(table).indexOf(way);
  const sender = { cookie, ip: `10.201.${place % 256}.${refusedTo.indexOf(person as never) + 2}` };
  const { origin } = foyer;
  if (row.at && row.posted !== undefined) return (await postText(origin, row.at, row.posted, sender)).answer;
  if (row.at) return (await get(origin, filled(row.at, facts), sender)).answer;
  const action = actions().get(way);
  if (!action) return "is not in the build";
  const page = filled(action.page.replaceAll("[", "{").replaceAll("]", "}"), facts);
  if (row.form) return (await postForm(origin, page, { id: action.id, form: row.form }, sender)).answer;
  const sent = JSON.parse(filled(JSON.stringify(row.sent ?? {}), facts)) as Record<string, unknown>;
  return (await post(origin, page, { id: action.id, sent }, sender)).answer;
}

function filled(text: string, facts: Cast["facts"]): string {
  return text.replace(/(\{|%7B)(\w+)(\}|%7D)/g, (whole, _open, name: string) => facts[name] ?? whole);
}

/**
 * Every row of every table, as a count and a digest, but for what may change by looking: when somebody was last seen,
 * and the counters of the limits.
 */
async function everything(row: Row): Promise<Record<string, string>> {
  const { rows: tables } = await sql.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const left = ["rate_limit", ...(row.endsSession ? ["session"] : [])];
  const found: Record<string, string> = {};
  for (const { name } of tables.filter((table) => !left.includes(table.name))) {
    const { rows } = await sql.query<{ sum: string }>(
      `SELECT count(*) || ' rows, ' || coalesce(md5(string_agg(r, '\n' ORDER BY r)), '') AS sum
       FROM (SELECT (to_jsonb(t) - 'seen_at' - 'last_active_at')::text AS r FROM "${name}" t) AS all_rows`,
    );
    found[name] = rows[0]?.sum ?? "";
  }
  return found;
}
