import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "./embedded";
import { assertSupportedServer } from "./server-requirements";

let folder: string;
let database: EmbeddedDatabase;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "foyer-embedded-"));
  database = await startEmbeddedDatabase(folder);
});

afterEach(async () => {
  await database.stop();
  await rm(folder, { recursive: true });
});

async function query<Row extends pg.QueryResultRow>(sql: string, url = database.url): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("H1 the embedded database supports Unicode without system locales and listens only on localhost", async () => {
  expect(
    await query(
      `SELECT lower('ÄÉ') AS lower, current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone,
              current_setting('listen_addresses') AS listens, current_setting('fsync') AS fsync`,
    ),
  ).toEqual([{ lower: "äé", encoding: "UTF8", zone: "UTC", listens: "127.0.0.1", fsync: "on" }]);
});

test("H1 the database password is stored only in secrets.json", async () => {
  const password = new URL(database.url).password;
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const small = files.filter((file) => file.isFile() && !file.parentPath.includes("programs"));
  const filesWithPassword = [];
  for (const file of small) {
    const text = await readFile(path.join(file.parentPath, file.name), "latin1");
    if (text.includes(password)) filesWithPassword.push(file.name);
  }
  expect(filesWithPassword).toEqual(["secrets.json"]);
});

test("a database left running by a killed process is reused, with its rows and its URL", async () => {
  await query("CREATE TABLE stored AS SELECT 42 AS value");
  const second = await startEmbeddedDatabase(folder);
  expect(second.url).toBe(database.url);
  expect(second.pid).toBe(database.pid);
  expect(await query("SELECT value FROM stored", second.url)).toEqual([{ value: 42 }]);
  await second.stop();
});

test("a database that is killed is restarted, with its rows", async () => {
  await query("CREATE TABLE stored AS SELECT 42 AS value");
  const { pid } = database;
  process.kill(pid, "SIGKILL");
  while (database.pid === pid) await pause(100);
  expect(await query("SELECT value FROM stored")).toEqual([{ value: 42 }]);
});

test("a database that was killed together with the application starts again, with its rows", async () => {
  await query("CREATE TABLE stored AS SELECT 42 AS value");
  await database.stop();
  // In a child process, because this process would restart the database immediately.
  const start = `import("@/lib/postgres/embedded").then(async ({ startEmbeddedDatabase }) => {
    console.log((await startEmbeddedDatabase(${JSON.stringify(folder)})).pid);
    setInterval(() => {}, 1000);
  })`;
  const application = spawn(process.execPath, ["--import", "tsx", "--eval", start], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed] = await once(application.stdout, "data");
  application.kill("SIGKILL");
  process.kill(Number(printed), "SIGKILL");
  database = await startEmbeddedDatabase(folder);
  expect(await query("SELECT value FROM stored")).toEqual([{ value: 42 }]);
});

test("H2 connection errors of a configured server are distinguished, without the password", async () => {
  const connectWith = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return assertSupportedServer(url.href);
  };
  await expect(assertSupportedServer(database.url)).resolves.toBeUndefined();
  await expect(
    connectWith((url) => {
      url.port = "1";
    }),
  ).rejects.toThrow(/127\.0\.0\.1:1\/foyer: connection refused/);
  await expect(
    connectWith((url) => {
      url.pathname = "/none";
    }),
  ).rejects.toThrow(/database does not exist/);
  await expect(
    connectWith((url) => {
      url.password = "hush";
    }),
  ).rejects.toThrow(/^(?!.*hush).*wrong user name or password/);
  await expect(
    connectWith((url) => {
      url.hostname = "nowhere.invalid";
    }),
  ).rejects.toThrow(/unknown host/);
});

test("H2 a database that is not UTF-8 is refused", async () => {
  await query("CREATE DATABASE old ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0");
  await expect(assertSupportedServer(database.url.replace(/foyer$/, "old"))).rejects.toThrow(
    /LATIN1.*needs UTF8/,
  );
});
