import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { defaultDataFolder, isRoot } from "../../lib/config/data-folder.mjs";
import {
  answers,
  applicationOf,
  clone,
  eventually,
  isAlive,
  runNpm,
  postmasterOf,
  queryDatabase,
  queryEmbeddedDatabase,
} from "./installation.mjs";
import { ordinaryUser } from "./regular-user.mjs";

/** @typedef {import("./installation.mjs").House} House */
/** @typedef {{ name: string, play: () => Promise<string | void> }} Case */

/** With everything built, from the command to the first page, in seconds: "about 3". */
const FIRST_PAGE = 3.5;

/**
 * What has to hold on this machine, in order: the first one makes the clone that most of the others use.
 *
 * @param {string} work a folder for all of it
 * @param {string} cache npm's, shared so that each install is not a download
 * @returns {Case[]}
 */
export function cases(work, cache) {
  /** @type {House} */
  const house = { folder: path.join(work, "foyer"), data: "", port: 4711, home: work, cache };
  house.data = defaultDataFolder(house.folder, isRoot());

  /** @param {(run: ReturnType<typeof runNpm>) => Promise<unknown>} play @param {Record<string, string>} [env] */
  const whileServing = async (play, env) => {
    const run = runNpm(house, ["start"], env);
    await run.page();
    await run.says(/Ctrl-C stops it/);
    await play(run);
    await run.interrupt();
  };
  /** @param {RegExp} words @param {Record<string, string>} [env] */
  const refuses = async (words, env) => {
    const run = runNpm(house, ["start"], env);
    assert.equal(await run.ended(), 1, run.output());
    assert.match(run.output(), words);
    assert.doesNotMatch(run.output(), /\n\s+at /, "a stack was shown");
    return run.output();
  };
  const rowIsThere = async () =>
    assert.deepEqual(await queryEmbeddedDatabase(house, "SELECT name FROM organization WHERE slug = 'proof'"), [
      { name: "Proof" },
    ]);

  return [
    {
      name: "a fresh clone, as root",
      async play() {
        assert(isRoot(), "this case needs root");
        clone(house);
        const run = runNpm(house, ["start"]);
        const time = await run.page();
        await run.says(/Foyer is at http:\/\/localhost:4711\n[\s\S]*[0-9a-f]{8}(-[0-9a-f]{8}){3}\n/);
        await queryEmbeddedDatabase(house, "INSERT INTO organization (slug, name) VALUES ('proof', 'Proof')");
        await run.interrupt();
        return `first page after ${time.toFixed(1)} s`;
      },
    },
    {
      name: "a second start on the same data says so and leaves the first alone",
      play: () =>
        whileServing(async () => {
          await refuses(/already runs on .*http:\/\/localhost:4711/, { PORT: "4712" });
          await refuses(/already runs on .*http:\/\/localhost:4711/);
          assert(await answers(house.port), "the first one no longer answers");
          await rowIsThere();
        }),
    },
    {
      name: "Ctrl-C stops everything and leaves nothing behind",
      async play() {
        let pids = [0, 0];
        await whileServing(async () => {
          pids = [applicationOf(house), postmasterOf(house)];
        });
        assert.deepEqual(pids.map(isAlive), [false, false]);
        assert(!existsSync(path.join(house.data, "lock")), "the lock is still there");
      },
    },
    {
      name: "a taken port is named, with what to do",
      async play() {
        const other = createServer().listen(house.port);
        await refuses(/Port 4711 is taken .*PORT=4712 npm start/);
        other.close();
      },
    },
    {
      name: "wrong settings are told all at once, each with its mend",
      play: async () => {
        await refuses(/3 settings are wrong:\n {2}FOYER_URL .*\n {2}RESEND_API_KEY .*\n {2}FOYER_FROM /, {
          FOYER_URL: "https://x.io/join",
          RESEND_API_KEY: "nonsense",
        });
      },
    },
    {
      name: "a DATABASE_URL that leads nowhere is told, without its password",
      async play() {
        const url = "postgresql://foyer:hush-hush@127.0.0.1:1/foyer";
        assert.doesNotMatch(
          await refuses(/127\.0\.0\.1:1\/foyer cannot be used/, { DATABASE_URL: url }),
          /hush/,
        );
      },
    },
    {
      name: "kill -9 of the application, then a start: nothing lost",
      async play() {
        const run = runNpm(house, ["start"]);
        await run.page();
        const database = postmasterOf(house);
        process.kill(applicationOf(house), "SIGKILL");
        await run.ended();
        await whileServing(rowIsThere);
        assert(!isAlive(database), "its PostgreSQL still runs");
      },
    },
    {
      name: "kill -9 of PostgreSQL while serving: it comes back by itself, nothing lost",
      play: () =>
        whileServing(async () => {
          const killed = postmasterOf(house);
          process.kill(killed, "SIGKILL");
          await eventually(async () => postmasterOf(house) !== killed && (await answers(house.port)));
          await rowIsThere();
        }),
    },
    {
      name: "kill -9 of both, then a start: nothing lost",
      async play() {
        const run = runNpm(house, ["start"]);
        await run.page();
        const database = postmasterOf(house);
        process.kill(applicationOf(house), "SIGKILL");
        await run.ended();
        process.kill(database, "SIGKILL");
        await whileServing(rowIsThere);
      },
    },
    {
      name: "an edited migration stops the start and says what to do; put back, it starts",
      async play() {
        const [first = ""] = readdirSync(path.join(house.folder, "prisma/migrations")).sort();
        const file = path.join("prisma/migrations", first, "migration.sql");
        appendFileSync(path.join(house.folder, file), "\n-- edited\n");
        await refuses(/was edited after it had been applied.*git checkout -- prisma\/migrations/);
        execFileSync("git", ["checkout", "--quiet", "--", file], { cwd: house.folder, stdio: "ignore" });
        await whileServing(rowIsThere);
      },
    },
    {
      name: "the first page with everything built, best of 5",
      async play() {
        const times = [];
        for (let round = 0; round < 5; round++) {
          const run = runNpm(house, ["start"]);
          times.push(await run.page());
          await run.interrupt();
        }
        const words = times.map((time) => time.toFixed(2)).join(" ");
        assert(Math.min(...times) <= FIRST_PAGE, `too slow: ${words} s`);
        return `${Math.min(...times).toFixed(2)} s (of ${words})`;
      },
    },
    {
      name: "npm start -- --demo loads the demo and prints a sign-in link",
      async play() {
        const demo = { ...house, data: path.join(work, "demo-data") };
        const run = runNpm(demo, ["start", "--", "--demo"], { FOYER_DATA: demo.data });
        await run.says(/Sign in .*http:\/\/localhost:4711\/\S+/);
        assert.deepEqual(await queryEmbeddedDatabase(demo, "SELECT slug FROM organization"), [{ slug: "northwind" }]);
        const [link = ""] = /http:\/\/localhost:4711\/sign-in\S+/.exec(run.output()) ?? [];
        assert.equal((await fetch(link)).status, 200);
        await run.interrupt();
      },
    },
    {
      name: "root, in a home of mode 700",
      async play() {
        const home = path.join(work, "closed");
        mkdirSync(home, { mode: 0o700 });
        const folder = path.join(home, "foyer");
        cpSync(house.folder, folder, { recursive: true, verbatimSymlinks: true });
        const closed = { ...house, folder, home, data: defaultDataFolder(folder, true) };
        const run = runNpm(closed, ["start"]);
        await run.page();
        assert.deepEqual(await queryEmbeddedDatabase(closed, "SELECT count(*)::int AS n FROM organization"), [{ n: 0 }]);
        await run.interrupt();
      },
    },
    {
      name: "a fresh clone, as an ordinary user in a home of mode 755, then of mode 700",
      async play() {
        const home = path.join(work, "home");
        const user = ordinaryUser(home);
        chmodSync(home, 0o755);
        const folder = path.join(home, "foyer");
        const theirs = { ...house, folder, home, user, data: defaultDataFolder(folder, false) };
        theirs.cache = path.join(home, "npm-cache");
        execFileSync("cp", ["-r", cache, theirs.cache]);
        execFileSync("chown", ["-R", `${user.uid}:${user.gid}`, theirs.cache]);
        clone(theirs);
        for (const mode of [0o755, 0o700]) {
          chmodSync(home, mode);
          const run = runNpm(theirs, ["start"]);
          await run.page();
          await run.interrupt();
        }
      },
    },
    {
      name: "DATABASE_URL on a PostgreSQL of the machine (15 or newer)",
      async play() {
        const { foreignServer } = await import("./external-server.mjs");
        const server = foreignServer(path.join(work, "pg"), ordinaryUser(path.join(work, "home")));
        try {
          await queryDatabase(
            house,
            server.url("postgres"),
            "CREATE DATABASE foyer ENCODING 'UTF8' TEMPLATE template0",
          );
          await whileServing(
            async () => {
              const rows = await queryDatabase(
                house,
                server.url("foyer"),
                "SELECT migration_name FROM _prisma_migrations",
              );
              assert(rows.length > 0, "it has not been migrated");
            },
            { DATABASE_URL: server.url("foyer"), FOYER_DATA: path.join(work, "pg-data") },
          );
          return server.version;
        } finally {
          server.stop();
        }
      },
    },
  ];
}
