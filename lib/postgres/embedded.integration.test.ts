import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type OwnDatabase, startDatabase } from "./embedded";
import { refuseUnfitServer } from "./server-requirements";

let folder: string;
let database: OwnDatabase;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "foyer-embedded-"));
  database = await startDatabase(folder);
});

afterEach(async () => {
  await database.stop();
  await rm(folder, { recursive: true });
});

async function ask<Row extends pg.QueryResultRow>(sql: string, url = database.url): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("H1 the own database knows letters beyond ASCII on a machine without a locale, and listens at home only", async () => {
  expect(
    await ask(
      `SELECT lower('ÄÉ') AS lower, current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
              current_setting('listen_addresses') AS listens, current_setting('fsync') AS fsync`,
    ),
  ).toEqual([{ lower: "äé", encoding: "UTF8", zone: "UTC", listens: "127.0.0.1", fsync: "on" }]);
});

test("H1 no password rests outside secrets.json", async () => {
  const password = new URL(database.url).password;
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const small = files.filter((file) => file.isFile() && !file.parentPath.includes("programs"));
  const holding = [];
  for (const file of small) {
    const text = await readFile(path.join(file.parentPath, file.name), "latin1");
    if (text.includes(password)) holding.push(file.name);
  }
  expect(holding).toEqual(["secrets.json"]);
});

test("a database left alone by a killed start is taken over, with its rows and its address", async () => {
  await ask("CREATE TABLE kept AS SELECT 42 AS answer");
  const second = await startDatabase(folder);
  expect(second.url).toBe(database.url);
  expect(second.pid).toBe(database.pid);
  expect(await ask("SELECT answer FROM kept", second.url)).toEqual([{ answer: 42 }]);
  await second.stop();
});

test("a database that is killed comes back by itself, with its rows", async () => {
  await ask("CREATE TABLE kept AS SELECT 42 AS answer");
  const { pid } = database;
  process.kill(pid, "SIGKILL");
  while (database.pid === pid) await pause(100);
  expect(await ask("SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("a database that was killed together with the application starts again, with its rows", async () => {
  await ask("CREATE TABLE kept AS SELECT 42 AS answer");
  await database.stop();
  // A process of its own: this one would bring the database back at once.
  const start = `import("@/lib/postgres/embedded").then(async ({ startDatabase }) => {
    console.log((await startDatabase(${JSON.stringify(folder)})).pid);
    setInterval(() => {}, 1000);
  })`;
  const application = spawn(process.execPath, ["--import", "tsx", "--eval", start], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = await once(application.stdout, "data");
  application.kill("SIGKILL");
  process.kill(Number(printed), "SIGKILL");
  database = await startDatabase(folder);
  expect(await ask("SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
});

test("H2 a foreign server that is not there, or refuses, is told apart, and no password is said", async () => {
  const refused = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return refuseUnfitServer(url.href);
  };
  await expect(refuseUnfitServer(database.url)).resolves.toBeUndefined();
  await expect(
    refused((url) => {
      url.port = "1";
    }),
  ).rejects.toThrow(/127\.0\.0\.1:1\/foyer .*nobody listens/);
  await expect(
    refused((url) => {
      url.pathname = "/none";
    }),
  ).rejects.toThrow(/no database of that name/);
  await expect(
    refused((url) => {
      url.password = "hush";
    }),
  ).rejects.toThrow(/^(?!.*hush).*refuses the user name or password/);
  await expect(
    refused((url) => {
      url.hostname = "nowhere.invalid";
    }),
  ).rejects.toThrow(/not known/);
});

test("H2 a database that is not UTF-8 is refused", async () => {
  await ask("CREATE DATABASE old ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
  await expect(refuseUnfitServer(database.url.replace(/foyer$/, "old"))).rejects.toThrow(
    /LATIN1.*needs UTF8/,
  );
});
