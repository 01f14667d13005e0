import { chmod, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { ExpectedError } from "@/lib/config/expected-error";
import { keptSecrets } from "@/lib/config/secrets-file";
import { log } from "@/lib/log/log";
import { providePrograms } from "./binaries";
import {
  type Cluster,
  findPostmaster,
  initialise,
  isPostmasterOf,
  makeFolder,
  type Postmaster,
  SUPERUSER,
  startPostmaster,
  stopPostmaster,
} from "./cluster";
import { provideSystemUser, refuseClosedPath } from "./system-user";

/** A running PostgreSQL of ours: its address with the password, its process (another one after a restart), and how to end it. */
export type OwnDatabase = { readonly url: string; readonly pid: number; stop(): Promise<void> };

const DATABASE = "foyer";

/**
 * Foyer's own PostgreSQL, made at the first start (REQ-H1): in `dataFolder`, on 127.0.0.1 only, on a port that
 * it keeps while it is free. One left running by a killed start is taken over as it is, and one that dies is started
 * again, until `stop` ends it.
 */
export async function startDatabase(dataFolder: string): Promise<OwnDatabase> {
  const folder = path.join(path.resolve(dataFolder), "postgres");
  const user = await provideSystemUser();
  await mkdir(path.dirname(folder), { recursive: true });
  if (user) await openForPassage(path.dirname(folder));
  await makeFolder(folder, user);
  refuseClosedPath(folder, user);
  const programs = await providePrograms(path.join(folder, "programs"));
  const cluster: Cluster = { folder, data: path.join(folder, "data"), programs, user };

  const { database: password } = await keptSecrets(dataFolder);
  await initialise(cluster, password);
  for (let attempt = 0; ; attempt++) {
    const postmaster = (await findPostmaster(cluster)) ?? (await start(cluster));
    const url = (database: string) =>
      `postgresql://${SUPERUSER}:${password}@127.0.0.1:${postmaster.port}/${database}`;
    try {
      await provideDatabase(url, dataFolder);
      return keepAlive(cluster, postmaster, url(DATABASE));
    } catch (error) {
      // What was found was just dying: the next look sees it gone.
      if (attempt === 5 || !isGoing(error)) throw error;
      await pause(300);
    }
  }
}

/** Did the server break off, or say that it is shutting down? */
function isGoing(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return ["ECONNRESET", "ECONNREFUSED", "57P01", "57P02", "57P03"].includes(code);
}

/** Looks every second whether it still runs. It comes back on the same port, which the application knows. */
function keepAlive(cluster: Cluster, first: Postmaster, url: string): OwnDatabase {
  let postmaster = first;
  let reviving: Promise<void> | undefined;
  const revive = async () => {
    if (await isPostmasterOf(cluster, postmaster.pid)) return;
    postmaster = await startPostmaster(cluster, postmaster.port);
    log.warn("PostgreSQL had ended and was started again");
  };
  const look = () => {
    reviving ??= revive()
      .catch((error) => log.error({ err: error }, "PostgreSQL has ended and does not start again yet"))
      .finally(() => {
        reviving = undefined;
      });
  };
  const timer = setInterval(look, 1_000).unref();
  return {
    url,
    get pid() {
      return postmaster.pid;
    },
    async stop() {
      clearInterval(timer);
      await reviving;
      await stopPostmaster(cluster, postmaster);
    },
  };
}

/** Starts it on the port of last time, or on another when that is taken. */
async function start(cluster: Cluster): Promise<Postmaster> {
  const note = path.join(cluster.folder, "port");
  let last: unknown;
  for (let attempt = 0; attempt < 5; attempt++) {
    const port = await freePort(attempt < 2 ? await kept(note) : 0);
    try {
      const postmaster = await startPostmaster(cluster, port);
      await writeFile(note, `${port}\n`);
      return postmaster;
    } catch (error) {
      // The connections of a killed postmaster need a moment to notice and leave; a port may be taken between asking and using it.
      last = error;
      await pause(300 * (attempt + 1));
    }
  }
  throw new ExpectedError(
    `PostgreSQL did not start in ${cluster.data}. The end of its log says:\n${last instanceof Error ? last.message : last}`,
  );
}

async function kept(note: string): Promise<number> {
  return Number(await readFile(note, "utf8").catch(() => "0")) || 0;
}

/** The wanted port if nobody listens on it, otherwise any free one. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => (wanted ? resolve(freePort(0)) : reject(error)));
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Passing through is all the system user needs; reading names or files it is not given. */
async function openForPassage(folder: string): Promise<void> {
  const { mode } = await stat(folder);
  await chmod(folder, (mode & 0o777) | 0o011);
}

async function provideDatabase(url: (database: string) => string, dataFolder: string): Promise<void> {
  const client = new pg.Client(url(DATABASE));
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    const code = (error as { code?: string }).code;
    if (code === "28P01")
      throw new ExpectedError(
        `The database in ${dataFolder} was made with another password than the one in its secrets.json. ` +
          "Put that file back from a backup.",
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
