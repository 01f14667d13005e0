import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { ExpectedError } from "@/lib/config/expected-error";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { log } from "@/lib/log/log";
import { installPostgresBinaries } from "./binaries";
import {
  type Cluster,
  createFolder,
  findPostmaster,
  initializeCluster,
  isPostmasterOf,
  type Postmaster,
  SUPERUSER,
  startPostmaster,
  stopPostmaster,
} from "./cluster";
import { assertPathAccessible, ensureSystemUser } from "./system-user";

/**
 * A running embedded PostgreSQL: its URL with the password, and its process, which changes when it is
 * restarted.
 */
export type EmbeddedDatabase = { readonly url: string; readonly pid: number; stop(): Promise<void> };

const DATABASE = "foyer";

/**
 * Starts the embedded PostgreSQL in `dataFolder`, which is created on first use (REQ-H1). It listens only on
 * 127.0.0.1, on the same port as before if that is free. A server left running by a killed process is reused,
 * and one that exits is restarted, until `stop` is called.
 */
export async function startEmbeddedDatabase(dataFolder: string): Promise<EmbeddedDatabase> {
  const folder = path.join(path.resolve(dataFolder), "postgres");
  const user = await ensureSystemUser();
  await mkdir(path.dirname(folder), { recursive: true });
  if (user) await allowTraversal(path.dirname(folder));
  await createFolder(folder, user);
  assertPathAccessible(folder, user);
  const binaries = await installPostgresBinaries(path.join(folder, "programs"));
  const cluster: Cluster = { folder, data: path.join(folder, "data"), binaries, user };

  const { database: password } = await loadOrCreateSecrets(dataFolder);
  await initializeCluster(cluster, password);
  for (let attempt = 0; ; attempt++) {
    const postmaster = (await findPostmaster(cluster)) ?? (await startOnSavedPort(cluster));
    const url = (database: string) =>
      `postgresql://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/${database}`;
    try {
      await ensureDatabase(url, dataFolder);
      return supervise(cluster, postmaster, url(DATABASE));
    } catch (error) {
      // The postmaster that was found is shutting down; the next attempt starts a new one.
      if (attempt === 5 || !isShuttingDown(error)) throw error;
      await pause(300);
    }
  }
}

/** Returns true if the server closed the connection or is shutting down. */
function isShuttingDown(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return ["ECONNRESET", "ECONNREFUSED", "57P01", "57P02", "57P03"].includes(code);
}

/**
 * Checks every second that the postmaster runs, and restarts it on the same port, which the application uses.
 */
function supervise(cluster: Cluster, first: Postmaster, url: string): EmbeddedDatabase {
  let postmaster = first;
  let restarting: Promise<void> | undefined;
  const restart = async () => {
    if (await isPostmasterOf(cluster, postmaster.pid)) return;
    postmaster = await startPostmaster(cluster, postmaster.port);
    log.warn("embedded PostgreSQL restarted");
  };
  const checkProcess = () => {
    restarting ??= restart()
      .catch((error) => log.error({ err: error }, "embedded PostgreSQL not restarted, retrying"))
      .finally(() => {
        restarting = undefined;
      });
  };
  const timer = setInterval(checkProcess, 1_000).unref();
  return {
    url,
    get pid() {
      return postmaster.pid;
    },
    async stop() {
      clearInterval(timer);
      await restarting;
      await stopPostmaster(cluster, postmaster);
    },
  };
}

/** Starts the postmaster on the port that was used last, or on another if that one is in use. */
async function startOnSavedPort(cluster: Cluster): Promise<Postmaster> {
  const portFile = path.join(cluster.folder, "port");
  let lastError: unknown;
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = await findFreePort(attempt < 2 ? await readSavedPort(portFile) : 0);
    try {
      const postmaster = await startPostmaster(cluster, port);
      await writeFile(portFile, `${port}\n`);
      return postmaster;
    } catch (error) {
      // The connections of a killed postmaster take some time to exit, and a free port can be taken before it
      // is used.
      lastError = error;
      await pause(300 * (attempt + 1));
    }
  }
  throw new ExpectedError(
    `PostgreSQL failed to start in ${cluster.data}. End of its log:\n${lastError instanceof Error ? lastError.message : lastError}`,
  );
}

async function readSavedPort(portFile: string): Promise<number> {
  return Number(await readFile(portFile, "utf8").catch(() => "0")) || 0;
}

/** Returns the preferred port if it is free, otherwise any free port. */
function findFreePort(preferred: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (preferred ? resolve(findFreePort(0)) : reject(error)));
    probe.listen(preferred, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Lets the system user traverse the folder, without permission to list or read files. */
async function allowTraversal(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  await chmod(folder, (mode & 0o777) | 0o011);
}

async function ensureDatabase(url: (database: string) => string, dataFolder: string): Promise<void> {
  const client = new pg.Client(url(DATABASE));
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "28P01")
      throw new ExpectedError(
        `secrets.json doesn't match the database in ${dataFolder}. Restore it from a backup.`,
      );
    if (code !== "3D000") throw error;
    const maintenance = new pg.Client(url("postgres"));
    await maintenance.connect();
    try {
      await maintenance.query(`CREATE DATABASE ${DATABASE}`);
    } finally {
      await maintenance.end();
    }
  }
}
