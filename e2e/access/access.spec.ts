import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { expect, test } from "@playwright/test";
import pg from "pg";
import { startDatabase } from "@/lib/db/embedded";
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
