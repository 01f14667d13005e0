import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { defaultDataFolder, isRoot } from "@/lib/config/data-folder.mjs";
import { closeDatabase } from "@/lib/db/client";
import { parentOf } from "./cpu";
import { type Peer, startPeer } from "./targets/better-auth";
import { startTarget, type Target } from "./targets/foyer";
import { type BareInsert, openBareInsert } from "./targets/insert";

/** What every part is measured on: three targets on one PostgreSQL. */
export type Stage = {
  foyer: Target;
  peer: Peer;
  bare: BareInsert;
  dataFolder: string;
  postmaster: number;
  /** The machine, the date and the versions, in a sentence. */
  machine: string;
  /** How much of everything. */
  rounds: number;
  operations: number;
  people: number;
  stop(): Promise<void>;
};

export type Amounts = Pick<Stage, "rounds" | "operations" | "people">;

const root = path.resolve(import.meta.dirname, "..");

/** Starts everything. The million stays in its folder for the next time: FOYER_DATA, or one beside Foyer's own. */
export async function setStage(amounts: Amounts): Promise<Stage> {
  const dataFolder = path.resolve(
    process.env.FOYER_DATA || path.join(defaultDataFolder(root, isRoot()), "bench"),
  );
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const foyer = await startTarget(dataFolder);
    ends.push(foyer.stop, closeDatabase);
    const peerDatabase = await newDatabase(foyer.databaseUrl, "bench_peer");
    ends.push(peerDatabase.drop);
    const bareDatabase = await newDatabase(foyer.databaseUrl, "bench_bare");
    ends.push(bareDatabase.drop);
    const peer = await startPeer(peerDatabase.url);
    ends.push(peer.stop);
    const bare = await openBareInsert(bareDatabase.url);
    ends.push(bare.stop);
    const [server] = await foyer.sql(
      `SELECT pg_backend_pid() AS pid, current_setting('server_version') AS version,
              current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
    );
    const machine = sentence(server.version, server.fsync, server.commit);
    return { foyer, peer, bare, dataFolder, postmaster: parentOf(server.pid), machine, ...amounts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function sentence(postgres: string, fsync: string, commit: string): string {
  const [cpu] = os.cpus();
  const { version } = createRequire(import.meta.url)("next/package.json") as { version: string };
  return [
    new Date().toISOString().slice(0, 16).replace("T", " "),
    ` UTC, ${os.cpus().length} cores (${cpu?.model}), ${(os.totalmem() / 2 ** 30).toFixed(0)} GB, ${os.type()} ${os.release()}`,
    `, Node ${process.version.slice(1)}, Next ${version}, PostgreSQL ${postgres} (fsync ${fsync}, synchronous_commit ${commit})`,
    `; load average at the beginning ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(", ")}`,
  ].join("");
}

/** An empty database of its own on the same server. */
async function newDatabase(beside: string, prefix: string) {
  const name = `${prefix}_${randomBytes(4).toString("hex")}`;
  const run = async (sql: string) => {
    const client = new pg.Client(beside);
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  await run(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  const url = new URL(beside);
  url.pathname = name;
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}
