import { setTimeout as pause } from "node:timers/promises";
import { type Config, readConfig, readEnv } from "@/lib/config/env";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { assertKeysAvailable } from "@/lib/db/keys-in-use";
import { log } from "@/lib/log/log";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { assertSupportedServer } from "@/lib/postgres/server-requirements";
import { buildApplication, generateDatabaseClient } from "./prepare.mjs";
import { printLine, withProgress } from "./progress.mjs";
import { onShutdown } from "./shutdown";

type Stoppable = { stop(): Promise<void> };
type FolderLock = { setUrl(url: string): void; release(): void };

/** The parts that run or are starting: promises, so that a shutdown during startup stops all of them. */
export type RunningParts = {
  database?: Promise<Stoppable>;
  workers?: Promise<Stoppable>;
  server?: Promise<Stoppable>;
};

/**
 * Runs the application in this process until a signal ends it: configuration, build, database, migrations,
 * server and job workers. Prints its steps, and at the end the URL and the setup token (REQ-H1).
 */
export async function serveApplication({
  dev,
  demo,
  lock,
}: {
  dev: boolean;
  demo: boolean;
  lock: FolderLock;
}): Promise<void> {
  const config = readConfig(process.env);
  if (config.databaseUrl) await assertSupportedServer(config.databaseUrl);
  const parts: RunningParts = {};
  const stop = async () => {
    for (const part of [parts.server, parts.workers, parts.database])
      await (await part?.catch(() => undefined))?.stop();
    lock.release();
  };
  const isStopping = onShutdown(stop, lock.release);
  try {
    await generateDatabaseClient();
    if (!dev) await buildApplication();
    await startPageServer(parts, config, dev);
    lock.setUrl(config.origin);
    await printAccess(config, demo);
    if (config.worker) await startJobWorkers(parts);
  } catch (error) {
    // Ctrl-C also ends the child processes, so their exit is not an error.
    if (isStopping()) return;
    await stop();
    throw error;
  }
}

/** Starts the database and the server. The queue's tables must exist before a page can enqueue an email. */
async function startPageServer(parts: RunningParts, config: Config, dev: boolean): Promise<void> {
  // The largest modules are loaded while PostgreSQL starts.
  const server = import("@/lib/http/server");
  const queue = import("@/lib/jobs/queue");
  // They are awaited below; until then an import that fails because of Ctrl-C must not be an unhandled
  // rejection.
  for (const loading of [server, queue]) loading.catch(() => undefined);
  await prepareDatabase(parts, config);
  await withProgress("Starting the server", async () => {
    const { startServer } = await server;
    parts.server = startServer({ dev, port: config.port });
    const { prepareQueue } = await queue;
    await Promise.all([parts.server, prepareQueue()]);
  });
}

/**
 * Starts the job workers, which send emails among other jobs; retries while the database is unavailable. The
 * email templates and the provider's library are only loaded here, because they would delay the first page.
 */
export async function startJobWorkers(parts: RunningParts): Promise<void> {
  const { startWorkers } = await import("@/lib/workers/workers");
  for (;;) {
    parts.workers = startWorkers();
    try {
      await parts.workers;
      return;
    } catch (error) {
      log.error({ err: error }, "email workers not started, retrying");
      await pause(2_000);
    }
  }
}

/** Starts and migrates the database, and sets the environment variables with its URL and the secrets. */
async function prepareDatabase(parts: RunningParts, config: Config): Promise<void> {
  const secrets = await loadOrCreateSecrets(config.dataFolder);
  process.env.FOYER_DATA = config.dataFolder;
  process.env.FOYER_SECRET ||= secrets.session;
  process.env.FOYER_KEYS ||= secrets.keys;
  if (!config.databaseUrl)
    await withProgress("Starting PostgreSQL", async () => {
      const starting = startEmbeddedDatabase(config.dataFolder);
      parts.database = starting;
      process.env.DATABASE_URL = (await starting).url;
    });
  const url = process.env.DATABASE_URL ?? "";
  await withProgress("Migrating the database", () => migrateDatabase(url, "prisma/migrations"));
  await assertKeysAvailable(url, readEnv(process.env).keys);
}

/** Prints the URL, the setup token and the demo's login link. */
async function printAccess(config: Config, demo: boolean): Promise<void> {
  // Before the token is created: the demo has an operator, and then the setup is closed.
  const demoLink = demo
    ? await withProgress("Loading the demo", async () => (await import("@/prisma/demo")).loadDemo())
    : null;
  const { createSetupToken } = await import("@/lib/organizations/commands/setup");
  const token = await createSetupToken();
  printLine(`\n  Foyer is running at ${config.origin}`);
  if (token) {
    printLine(`\n  Set it up at ${config.origin}/setup with this setup token (new at each start):`);
    printLine(`  ${token}`);
  }
  if (demoLink) printLine(`\n  One-time login link for the demo: ${demoLink}`);
  if (!config.worker) printLine("\n  FOYER_WORKER is off: `npm run worker` sends the emails.");
  printLine("\n  Press Ctrl-C to stop.\n");
}
