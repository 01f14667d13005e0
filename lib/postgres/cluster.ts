import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ExpectedError } from "@/lib/config/expected-error";
import type { PostgresBinaries } from "./binaries";
import type { SystemUser } from "./system-user";

/** An embedded PostgreSQL on disk: its folder, the binaries that run it, and the user that runs them. */
export type Cluster = { folder: string; data: string; binaries: PostgresBinaries; user: SystemUser };

/** A running postmaster. */
export type Postmaster = { pid: number; port: number };

export const SUPERUSER = "foyer";

/**
 * Creates the cluster unless it exists. It is created in a draft folder and moved when it is complete, so a
 * process killed at this point leaves neither a partial database nor a password file behind.
 */
export async function initializeCluster(cluster: Cluster, password: string): Promise<void> {
  const createdBy = await readFile(path.join(cluster.data, "PG_VERSION"), "utf8").catch(() => undefined);
  if (createdBy !== undefined) return assertSameMajor(cluster, createdBy.trim());
  const draft = path.join(cluster.folder, "draft");
  await rm(draft, { recursive: true, force: true });
  await createFolder(draft, cluster.user);
  const passwordFile = path.join(draft, "password");
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (cluster.user) await chown(passwordFile, cluster.user.uid, cluster.user.gid);
  const data = path.join(draft, "data");
  await createOwnedFolder(data, cluster.user);
  // lower('Ä') and trigrams must work on a machine without locales: PostgreSQL's builtin provider has the
  // UTF-8 rules, and the C library's C.UTF-8 is used for the rest where it exists.
  const firstError = await runInitdb(cluster, data, passwordFile, "C.UTF-8");
  if (firstError !== undefined) {
    await rm(data, { recursive: true, force: true });
    await createOwnedFolder(data, cluster.user);
    const secondError = await runInitdb(cluster, data, passwordFile, "C");
    if (secondError !== undefined) throw new Error(`initdb failed: ${secondError}`);
  }
  await rm(passwordFile);
  await rename(data, cluster.data);
  await rm(draft, { recursive: true });
}

/**
 * Creates a folder that the system user can traverse but not write to. Otherwise someone with access to the
 * database could place a link there that root opens.
 */
export async function createFolder(folder: string, user: SystemUser): Promise<void> {
  await mkdir(folder, { recursive: true });
  await chmod(folder, user ? 0o711 : 0o700);
}

/** Creates a folder owned by the user that runs PostgreSQL. */
async function createOwnedFolder(folder: string, user: SystemUser): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  if (user) await chown(folder, user.uid, user.gid);
}

/**
 * Starts the postmaster in its own session, so that Ctrl-C in the terminal does not reach it, and waits until
 * it accepts connections. Throws with the end of its log if it exits.
 */
export async function startPostmaster(cluster: Cluster, port: number): Promise<Postmaster> {
  const log = path.join(cluster.folder, "server.log");
  await rotateLog(log);
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
  const child = spawn(cluster.binaries.postgres, ["-D", cluster.data, ...options], {
    ...cluster.user,
    cwd: cluster.folder,
    env: minimalEnvironment(),
    detached: true,
    stdio: ["ignore", output, output],
  });
  closeSync(output);
  const failure = new Promise<Error>((resolve) => child.once("error", resolve));
  const exited = once(child, "exit").then(async () => new Error(await readLogTail(log)));
  for (;;) {
    const postmaster = await readPostmaster(cluster);
    if (postmaster?.ready && postmaster.pid === child.pid) {
      child.unref();
      return postmaster;
    }
    const failureReason = await Promise.race([failure, exited, pause(15)]);
    if (failureReason) throw failureReason;
  }
}

/** Returns the postmaster that runs this cluster, or undefined. Waits while it is starting or stopping. */
export async function findPostmaster(cluster: Cluster): Promise<Postmaster | undefined> {
  for (;;) {
    const recorded = await readPostmaster(cluster);
    if (!recorded || !(await isPostmasterOf(cluster, recorded.pid))) {
      // PostgreSQL itself handles the pid file of a dead postmaster, but would not start if another program
      // has the pid now.
      if (recorded && isProcessAlive(recorded.pid))
        await rm(path.join(cluster.data, "postmaster.pid"), { force: true });
      return undefined;
    }
    if (recorded.ready) return recorded;
    await pause(20);
  }
}

/** Stops a postmaster and its connections ("fast" shutdown) and waits until it has exited. */
export async function stopPostmaster(cluster: Cluster, { pid }: Postmaster): Promise<void> {
  if (!(await isPostmasterOf(cluster, pid))) return;
  process.kill(pid, "SIGINT");
  while (await isPostmasterOf(cluster, pid)) await pause(15);
}

/**
 * Returns true if the process exists and runs this cluster, and is not another program with a recycled pid.
 */
export async function isPostmasterOf(cluster: Cluster, pid: number): Promise<boolean> {
  if (!isProcessAlive(pid)) return false;
  if (!existsSync("/proc/self/cmdline")) return true;
  const output = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0");
  return output.includes(cluster.data);
}

function isProcessAlive(pid: number): boolean {
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

function assertSameMajor(cluster: Cluster, createdBy: string): void {
  if (Number(createdBy) === cluster.binaries.major) return;
  throw new ExpectedError(
    `The database in ${cluster.data} was created by PostgreSQL ${createdBy}; this version of Foyer includes ${cluster.binaries.major}. ` +
      "Dump it with the earlier Foyer, or set FOYER_DATA to another folder.",
  );
}

async function runInitdb(cluster: Cluster, data: string, passwordFile: string, ctype: string) {
  const child = spawn(
    cluster.binaries.initdb,
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
    { ...cluster.user, cwd: cluster.folder, env: minimalEnvironment(), stdio: ["ignore", "ignore", "pipe"] },
  );
  let output = "";
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(child, "close");
  return code === 0 ? undefined : output.trim() || `exit ${code}`;
}

/** The environment of PostgreSQL: no secrets, no locale, no PG* variables that would change its behavior. */
function minimalEnvironment(): NodeJS.ProcessEnv {
  return { PATH: "/usr/bin:/bin", TZ: "UTC", LC_ALL: "C", NODE_ENV: process.env.NODE_ENV };
}

async function rotateLog(log: string): Promise<void> {
  const size = await stat(log).then(
    (file) => file.size,
    () => 0,
  );
  if (size > 5_000_000) await rename(log, `${log}.old`);
}

async function readLogTail(log: string): Promise<string> {
  const lines = (await readFile(log, "utf8")).trimEnd().split("\n").slice(-12);
  return lines.join("\n");
}
