import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/**
 * A clone of this project as somebody has it: where it lies, where its data lies, who starts it.
 *
 * @typedef {{ folder: string, data: string, port: number, user?: { uid: number, gid: number }, home: string, cache: string,
 *   chroot?: string, env?: Record<string, string> }} House
 */

/** What was started, so that a failed case leaves nothing running. @type {{ house: House, group: number }[]} */
const started = [];

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** @param {House} installation */
export function clone(installation) {
  mkdirSync(path.dirname(installation.folder), { recursive: true });
  // What is committed is what a stranger gets.
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", PROJECT, installation.folder]);
  if (installation.user) execFileSync("chown", ["-R", `${installation.user.uid}:${installation.user.gid}`, installation.folder]);
}

/**
 * Starts `npm …` in a house, in a group of its own as a terminal would.
 *
 * @param {House} installation
 * @param {string[]} words
 * @param {Record<string, string>} [env]
 */
export function runNpm(installation, words, env = {}) {
  const began = performance.now();
  const inside = installation.chroot
    ? [
        "/usr/sbin/chroot",
        installation.chroot,
        "/bin/sh",
        "-c",
        `cd ${JSON.stringify(installation.folder)} && exec npm ${words.join(" ")}`,
      ]
    : ["npm", ...words];
  const child = spawn(inside[0] ?? "", inside.slice(1), {
    ...installation.user,
    cwd: installation.chroot ?? installation.folder,
    env: { ...environment(installation), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (!child.pid) throw new Error("npm cannot be run");
  started.push({ house: installation, group: child.pid });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  /** @type {number | null | undefined} */
  let code;
  const exited = new Promise((resolve) => {
    child.on("close", (value, signal) => {
      code = value ?? (signal ? 128 : 1);
      resolve(code);
    });
  });
  return {
    output: () => output,
    /** Waits for the end and answers the exit code. */
    ended: () => within(exited, 3_600_000, "it did not end"),
    /** Waits until the first page answers, and says how long after the command that was, in seconds. */
    async page() {
      for (;;) {
        if (code !== undefined) throw new Error(`it ended with ${code} instead of serving:\n${output}`);
        if (await answers(installation.port)) return (performance.now() - began) / 1000;
        await pause(20);
      }
    },
    /** Waits until it has said something. @param {RegExp} words */
    async says(words) {
      for (let patience = 2_400; !words.test(output); patience--) {
        if (patience === 0) throw new Error(`it never said ${words}:\n${output}`);
        await pause(50);
      }
    },
    /** What Ctrl-C does: the terminal signals the whole group. (npm then ends by the signal, whatever our exit code.) */
    async interrupt() {
      if (child.pid) process.kill(-child.pid, "SIGINT");
      await within(exited, 60_000, "Ctrl-C did not end it");
      if (!output.includes("Stopped.")) throw new Error(`it did not stop cleanly:\n${output}`);
    },
  };
}

/** Ends by force what a case has left running, and PostgreSQL with it. */
export function endAll() {
  for (const { house: installation, group } of started) {
    for (const end of [
      () => process.kill(-group, "SIGKILL"),
      () => process.kill(postmasterOf(installation), "SIGQUIT"),
    ])
      try {
        end();
      } catch {
        // It has ended, as it should.
      }
  }
}

/** Removes the data of all houses that keep it outside their own folder. */
export function clearData() {
  for (const { house: installation } of started) rmSync(dataOf(installation), { recursive: true, force: true });
}

/** @param {House} installation */
function environment(installation) {
  const kept = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "TERM"];
  const given = Object.fromEntries(
    kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  // Without what the npm that runs this proof has put there.
  const places = (process.env.PATH ?? "").split(":").filter((place) => !place.includes("node_modules"));
  const PATH = installation.chroot ? "/usr/local/bin:/usr/bin:/bin" : places.join(":");
  return {
    ...given,
    PATH,
    HOME: installation.home,
    PORT: String(installation.port),
    npm_config_cache: installation.cache,
    ...installation.env,
  };
}

/** @param {number} port */
export async function answers(port) {
  try {
    const response = await fetch(`http://localhost:${port}/`, { redirect: "manual" });
    await response.text();
    return response.status < 400;
  } catch {
    return false;
  }
}

/** The process that serves a house. @param {House} installation */
export function applicationOf(installation) {
  return Number(JSON.parse(readFileSync(path.join(dataOf(installation), "lock"), "utf8")).pid);
}

/** The PostgreSQL of a house. @param {House} installation */
export function postmasterOf(installation) {
  return Number(
    readFileSync(path.join(dataOf(installation), "postgres/data/postmaster.pid"), "utf8").split("\n")[0],
  );
}

/** @param {House} installation */
function dataOf(installation) {
  return installation.chroot ? path.join(installation.chroot, installation.data) : installation.data;
}

/**
 * Asks the own database of a house.
 *
 * @param {House} installation
 * @param {string} queryEmbeddedDatabase
 * @returns {Promise<Record<string, unknown>[]>}
 */
export async function queryEmbeddedDatabase(installation, queryEmbeddedDatabase) {
  const secrets = JSON.parse(readFileSync(path.join(dataOf(installation), "secrets.json"), "utf8"));
  const port = readFileSync(path.join(dataOf(installation), "postgres/port"), "utf8").trim();
  return queryDatabase(installation, `postgresql://foyer:${secrets.database}@127.0.0.1:${port}/foyer`, queryEmbeddedDatabase);
}

/**
 * @param {House} installation
 * @param {string} url
 * @param {string} queryEmbeddedDatabase
 */
export async function queryDatabase(installation, url, queryEmbeddedDatabase) {
  const inHost = installation.chroot ? path.join(installation.chroot, installation.folder) : installation.folder;
  const pg = createRequire(path.join(inHost, "package.json"))("pg");
  const client = new pg.Client(url);
  await client.connect();
  return client
    .query(queryEmbeddedDatabase)
    .then((/** @type {{ rows: Record<string, unknown>[] }} */ answer) => answer.rows)
    .finally(() => client.end());
}

/** Waits until something has come true; what throws meanwhile is not true yet. @param {() => Promise<boolean>} question */
export async function eventually(question) {
  for (let patience = 600; !(await question().catch(() => false)); patience--) {
    if (patience === 0) throw new Error("it did not come back");
    await pause(100);
  }
}

/** Whether a process runs; one that has ended and waits to be fetched does not. @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} time in milliseconds
 * @param {string} reproach
 */
export function within(promise, time, reproach) {
  const late = pause(time, undefined, { ref: false }).then(() => {
    throw new Error(reproach);
  });
  return Promise.race([promise, late]);
}
