import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/**
 * A clone of this project: its folder, its data folder, and the user that starts it.
 *
 * @typedef {{ folder: string, data: string, port: number, user?: { uid: number, gid: number }, home: string, cache: string,
 *   chroot?: string, env?: Record<string, string> }} Installation
 */

/** The started process groups, so that a failed test leaves nothing running. @type {{ installation: Installation, group: number }[]} */
const processes = [];

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

/** @param {Installation} installation */
export function cloneProject(installation) {
  mkdirSync(path.dirname(installation.folder), { recursive: true });
  // Tests the committed state, which is what others get.
  execFileSync("git", ["clone", "--quiet", "--no-hardlinks", PROJECT, installation.folder]);
  if (installation.user)
    execFileSync("chown", ["-R", `${installation.user.uid}:${installation.user.gid}`, installation.folder]);
}

/**
 * Starts `npm …` in an installation, in its own process group as a terminal would.
 *
 * @param {Installation} installation
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
export function runNpm(installation, args, env = {}) {
  const startedAt = performance.now();
  const command = installation.chroot
    ? [
        "/usr/sbin/chroot",
        installation.chroot,
        "/bin/sh",
        "-c",
        `cd ${JSON.stringify(installation.folder)} && exec npm ${args.join(" ")}`,
      ]
    : ["npm", ...args];
  const child = spawn(command[0] ?? "", command.slice(1), {
    ...installation.user,
    cwd: installation.chroot ?? installation.folder,
    env: { ...buildEnvironment(installation), ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (!child.pid) throw new Error("could not run npm");
  processes.push({ installation, group: child.pid });
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
    /** Waits for the process to exit and returns the exit code. */
    waitForExit: () => withTimeout(exited, 3_600_000, "it did not exit"),
    /** Waits until the first page is served and returns the seconds since the command. */
    async waitForPage() {
      for (;;) {
        if (code !== undefined) throw new Error(`it exited with ${code} instead of serving:\n${output}`);
        if (await isServing(installation.port)) return (performance.now() - startedAt) / 1000;
        await pause(20);
      }
    },
    /** Waits until the output matches. @param {RegExp} pattern */
    async waitForOutput(pattern) {
      for (let attempts = 2_400; !pattern.test(output); attempts--) {
        if (attempts === 0) throw new Error(`it never printed ${pattern}:\n${output}`);
        await pause(50);
      }
    },
    /**
     * Does what Ctrl-C does: signals the whole process group. npm then exits by the signal, whatever our exit
     * code.
     */
    async interrupt() {
      if (child.pid) process.kill(-child.pid, "SIGINT");
      await withTimeout(exited, 60_000, "Ctrl-C did not stop it");
      if (!output.includes("Stopped.")) throw new Error(`it did not stop cleanly:\n${output}`);
    },
  };
}

/** Kills everything that a test has left running, including PostgreSQL. */
export function killAll() {
  for (const { installation, group } of processes) {
    for (const kill of [
      () => process.kill(-group, "SIGKILL"),
      () => process.kill(postmasterPid(installation), "SIGQUIT"),
    ])
      try {
        kill();
      } catch {
        // It has exited, as expected.
      }
  }
}

/** Removes the data of all installations. */
export function removeData() {
  for (const { installation } of processes)
    rmSync(hostDataFolder(installation), { recursive: true, force: true });
}

/** @param {Installation} installation */
function buildEnvironment(installation) {
  const inherited = [
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "TERM",
  ];
  const variables = Object.fromEntries(
    inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  // Without the entries of the npm that runs this script.
  const directories = (process.env.PATH ?? "")
    .split(":")
    .filter((directory) => !directory.includes("node_modules"));
  const PATH = installation.chroot ? "/usr/local/bin:/usr/bin:/bin" : directories.join(":");
  return {
    ...variables,
    PATH,
    HOME: installation.home,
    PORT: String(installation.port),
    npm_config_cache: installation.cache,
    ...installation.env,
  };
}

/** @param {number} port */
export async function isServing(port) {
  try {
    const response = await fetch(`http://localhost:${port}/`, { redirect: "manual" });
    await response.text();
    return response.status < 400;
  } catch {
    return false;
  }
}

/** Returns the pid of the serving process. @param {Installation} installation */
export function applicationPid(installation) {
  return Number(JSON.parse(readFileSync(path.join(hostDataFolder(installation), "lock"), "utf8")).pid);
}

/** Returns the pid of the installation's PostgreSQL. @param {Installation} installation */
export function postmasterPid(installation) {
  return Number(
    readFileSync(path.join(hostDataFolder(installation), "postgres/data/postmaster.pid"), "utf8").split(
      "\n",
    )[0],
  );
}

/** @param {Installation} installation */
function hostDataFolder(installation) {
  return installation.chroot ? path.join(installation.chroot, installation.data) : installation.data;
}

/**
 * Runs a statement in the embedded database of an installation.
 *
 * @param {Installation} installation
 * @param {string} sql
 * @returns {Promise<Record<string, unknown>[]>}
 */
export async function queryEmbeddedDatabase(installation, sql) {
  const secrets = JSON.parse(readFileSync(path.join(hostDataFolder(installation), "secrets.json"), "utf8"));
  const port = readFileSync(path.join(hostDataFolder(installation), "postgres/port"), "utf8").trim();
  return queryDatabase(installation, `postgresql://foyer:${secrets.database}@127.0.0.1:${port}/foyer`, sql);
}

/**
 * @param {Installation} installation
 * @param {string} url
 * @param {string} sql
 */
export async function queryDatabase(installation, url, sql) {
  const hostFolder = installation.chroot
    ? path.join(installation.chroot, installation.folder)
    : installation.folder;
  const pg = createRequire(path.join(hostFolder, "package.json"))("pg");
  const client = new pg.Client(url);
  await client.connect();
  return client
    .query(sql)
    .then((/** @type {{ rows: Record<string, unknown>[] }} */ result) => result.rows)
    .finally(() => client.end());
}

/** Waits until the condition returns true; an error counts as false. @param {() => Promise<boolean>} condition */
export async function waitUntil(condition) {
  for (let attempts = 600; !(await condition().catch(() => false)); attempts--) {
    if (attempts === 0) throw new Error("the condition did not become true");
    await pause(100);
  }
}

/** Returns true if a process runs; false for a zombie. @param {number} pid */
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
 * @param {string} message
 */
export function withTimeout(promise, time, message) {
  const timeout = pause(time, undefined, { ref: false }).then(() => {
    throw new Error(message);
  });
  return Promise.race([promise, timeout]);
}
