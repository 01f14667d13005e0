import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { defaultDataFolder, isRoot } from "@/lib/config/data-folder.mjs";
import { closeDatabase } from "@/lib/db/client";
import { findParent } from "./cpu";
import { type PeerTarget, startPeer } from "./targets/better-auth";
import { type FoyerTarget, startTarget } from "./targets/foyer";
import { type BareInsert, openBareInsert } from "./targets/insert";

/** The environment of every part: three targets on one PostgreSQL. */
export type BenchContext = {
  foyer: FoyerTarget;
  peer: PeerTarget;
  bare: BareInsert;
  dataFolder: string;
  postmaster: number;
  /** The date, the machine and the versions, as one sentence. */
  machine: string;
  /** Rounds, operations per round, and people in the large organization. */
  rounds: number;
  operations: number;
  people: number;
  stop(): Promise<void>;
};

export type BenchAmounts = Pick<BenchContext, "rounds" | "operations" | "people">;

const root = path.resolve(import.meta.dirname, "..");

/** Starts the targets. The seeded data is kept for the next run, in FOYER_DATA or a folder beside Foyer's own. */
export async function startBenchContext(amounts: BenchAmounts): Promise<BenchContext> {
  const dataFolder = path.resolve(
    process.env.FOYER_DATA || path.join(defaultDataFolder(root, isRoot()), "bench"),
  );
  const cleanups: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const cleanUp of cleanups.splice(0).reverse()) await cleanUp();
  };
  try {
    const foyer = await startTarget(dataFolder);
    cleanups.push(foyer.stop, closeDatabase);
    const peerDatabase = await createDatabase(foyer.databaseUrl, "bench_peer");
    cleanups.push(peerDatabase.drop);
    const bareDatabase = await createDatabase(foyer.databaseUrl, "bench_bare");
    cleanups.push(bareDatabase.drop);
    const peer = await startPeer(peerDatabase.url);
    cleanups.push(peer.stop);
    const bare = await openBareInsert(bareDatabase.url);
    cleanups.push(bare.stop);
    const [server] = await foyer.sql(
      `SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
    );
    const machine = describeMachine(server.version, server.fsync, server.commit);
    return { foyer, peer, bare, dataFolder, postmaster: findParent(server.pid), machine, ...amounts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function describeMachine(postgres: string, fsync: string, commit: string): string {
  const [cpu] = os.cpus();
  const { version } = createRequire(import.meta.url)("next/package.json") as { version: string };
  return [
    new Date().toISOString().slice(0, 16).replace("T", " "),
    ` UTC, ${os.cpus().length} cores (${cpu?.model}), ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ${os.type()} ${os.release()}`,
    `, Node ${process.version.slice(1)}, Next ${version}, PostgreSQL ${postgres} (fsync ${fsync}, synchronous_commit ${commit})`,
    `; load average at the start ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}`,
  ].join("");
}

/** Creates an empty database on the same server. */
async function createDatabase(serverUrl: string, prefix: string) {
  const name = `${prefix}_${randomBytes(4).toString("hex")}`;
  const run = async (sql: string) => {
    const client = new pg.Client(serverUrl);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}
