import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ExpectedError } from "@/lib/config/expected-error";
import type { Programs } from "./binaries";
import type { SystemUser } from "./system-user";

/** One PostgreSQL of our own on disk: its folder, the programs that may touch it, and who runs them. */
export type Cluster = { folder: string; data: string; programs: Programs; user: SystemUser };

/** A postmaster that answers, and where. */
export type Postmaster = { pid: number; port: number };

export const SUPERUSER = "foyer";

/**
 * Makes the cluster unless it is there. It is made aside and moved into place when it is complete, so
 * a start that was killed half-way leaves nothing that looks like a database, and no password file.
 */
export async function initialise(cluster: Cluster, password: string): Promise<void> {
  const made = await readFile(path.join(cluster.data, "PG_VERSION"), "utf8").catch(() => undefined);
  if (made !== undefined) return refuseOtherMajor(cluster, made.trim());
  const draft = path.join(cluster.folder, "draft");
  await rm(draft, { recursive: true, force: true });
  await makeFolder(draft, cluster.user);
  const passwordFile = path.join(draft, "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (cluster.user) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  const data = path.join(draft, "data");
  await giveFolder(data, cluster.user);
  // Without a locale of the machine lower('Ä') must still be 'ä', and trigrams must still see letters: UTF-8 rules
  // come from PostgreSQL itself, and the C library's C.UTF-8 serves the rest where it exists.
  const first = await initdb(cluster, data, passwordFile, "C.UTF-8");
  if (first !== undefined) {
    await rm(data, { recursive: true, force: true });
    await giveFolder(data, cluster.user);
    const second = await initdb(cluster, data, passwordFile, "C");
    if (second !== undefined) throw new Error(`initdb failed: ${second}`);
  }
  await rm(passwordFile);
  await rename(data, cluster.data);
  await rm(draft, { recursive: true });
}

/**
 * A folder of ours, through which the system user may pass but in which it may not write: what root opens
 * there must not be a link that somebody in the database has laid.
 */
export async function makeFolder(folder: string, user: SystemUser): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, user ? 0o711 : 0o700);
}

/** A folder that belongs to who runs PostgreSQL. */
async function giveFolder(folder: string, user: SystemUser): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
}

/**
 * Starts the postmaster in a session of its own (the terminal's Ctrl-C is for us alone) and waits until it
 * takes connections. Throws with the end of its log when it ends instead.
 */
export async function startPostmaster(cluster: Cluster, port: number): Promise<Postmaster> {
  const log = path.join(cluster.folder, "server.log");
  await keepShort(log);
  const output = openSync(log, "a", 0o600);
  const settings = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    cluster_name: "foyer",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(cluster.programs.postgres, ["-D", cluster.data, ...options], {
    ...cluster.user,
    cwd: cluster.folder,
    env: bareEnvironment(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const failure = new Promise<Error>((resolve) => child.once("error", resolve));
  const ended = once(child, "exit").then(async () => new Error(await lastWords(log)));
  for (;;) {
    const postmaster = await readPostmaster(cluster);
    if (postmaster?.ready && postmaster.pid === child.pid) {
      child.unref();
      return postmaster;
    }
    const over = await Promise.race([failure, ended, pause(15)]);
    if (over) throw over;
  }
}

/** The postmaster that runs this very cluster with these very programs, or undefined; waits out one that is just starting or stopping. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  for (;;) {
    const noted = await readPostmaster(cluster);
    if (!noted || !(await isPostmasterOf(cluster, noted.pid))) {
      // A dead one's note is PostgreSQL's to judge, but a number that now belongs to another program would stop it for ever.
      if (noted && isAlive(noted.pid)) await rm(path.join(cluster.data, "postmaster.pid"), { force: true });
      return undefined;
    }
    if (noted.ready) return noted;
    await pause(20);
  }
}

/** Ends a postmaster with all its connections ("fast" shutdown) and waits until it is gone. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  if (!(await isPostmasterOf(cluster, pid))) return;
  process.kill(pid, "SIGINT");
  while (await isPostmasterOf(cluster, pid)) await pause(15);
}

/** Whether the process still exists and is a PostgreSQL of this folder, not a stranger with a recycled number. */
export async function isPostmasterOf(cluster: Cluster, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (!existsSync("/proc/self/cmdline")) return true;
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  return words.includes(cluster.data);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function readPostmaster(cluster: Cluster): Promise<(Postmaster & { ready: boolean }) | undefined> {
  const text = await readFile(path.join(cluster.data, "postmaster.pid"), "utf8").catch(() => "");
  const lines = text.split("\n");
  const pid = Number(lines[0]);
  if (!pid) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

function refuseOtherMajor(cluster: Cluster, made: string): void {
  if (Number(made) === cluster.programs.major) return;
  throw new ExpectedError(
    `The database in ${cluster.data} was made by PostgreSQL ${made}, and this Foyer brings ${cluster.programs.major}. ` +
      `Start the Foyer that made it and dump the database, or set FOYER_DATA to another folder.`,
  );
}

async function initdb(cluster: Cluster, data: string, passwordFile: string, ctype: string) {
  const child = spawn(
    cluster.programs.initdb,
    [
      `--pgdata=${data}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      "--locale=C",
      `--lc-ctype=${ctype}`,
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ],
    { ...cluster.user, cwd: cluster.folder, env: bareEnvironment(), stdio: ["ignore", "ignore", "pipe"] },
  );
  let words = "";
  child.stderr.on("data", (chunk) => {
    words += chunk;
  });
  const [code] = await once(child, "close");
  return code === 0 ? undefined : words.trim() || `exit ${code}`;
}

/** PostgreSQL gets none of our variables: no secret, no locale, no PG* that would change what it does. */
function bareEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", TZ: "UTC", LC_ALL: "C", NODE_ENV: process.env.NODE_ENV };
}

async function keepShort(log: string): Promise<void> {
  const size = await stat(log).then(
    (file) => file.size,
    () => 0,
  );
  if (size > 5_000_000) await rename(log, `${log}.old`);
}

async function lastWords(log: string): Promise<string> {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n").slice(-12);
  return lines.join("\n");
}
