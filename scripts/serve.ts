import { setTimeout as pause } from "node:timers/promises";
import { readEnv, readSettings, type Settings } from "@/lib/config/env";
import { keptSecrets } from "@/lib/config/secrets-file";
import { refuseMissingKeys } from "@/lib/db/keys-in-use";
import { log } from "@/lib/log/log";
import { startDatabase } from "@/lib/postgres/embedded";
import { migrate } from "@/lib/postgres/migrate";
import { refuseUnfitServer } from "@/lib/postgres/server-requirements";
import { build, generate } from "./prepare.mjs";
import { say, step } from "./steps.mjs";
import { onStop } from "./stop";

type Stoppable = { stop(): Promise<void> };
type Lock = { serves(address: string): void; release(): void };

/** What runs or is just starting: kept as promises, so that a stop in the middle of the start forgets nothing. */
export type Parts = {
  database?: Promise<Stoppable>;
  letters?: Promise<Stoppable>;
  server?: Promise<Stoppable>;
};

/**
 * Serves in this process until a signal ends it: settings, build, database, migrations, pages and letters, printing what
 * it does, and at last the address and the setup token (REQ-H1).
 */
export async function serve({ dev, demo, lock }: { dev: boolean; demo: boolean; lock: Lock }): Promise<void> {
  const settings = readSettings(process.env);
  if (settings.databaseUrl) await refuseUnfitServer(settings.databaseUrl);
  const parts: Parts = {};
  const stop = async () => {
    for (const part of [parts.server, parts.letters, parts.database])
      await (await part?.catch(() => undefined))?.stop();
    lock.release();
  };
  const isStopping = onStop(stop, lock.release);
  try {
    await generate();
    if (!dev) await build();
    await startPages(parts, settings, dev);
    lock.serves(settings.origin);
    await announce(settings, demo);
    if (settings.worker) await startLetters(parts);
  } catch (error) {
    // Ctrl-C also reaches the programs that were at work for us.
    if (isStopping()) return;
    await stop();
    throw error;
  }
}

/** Database, then pages. The queue must know its tables before a page can owe a letter; sending them can come after. */
async function startPages(parts: Parts, settings: Settings, dev: boolean): Promise<void> {
  // What takes longest to load is read from disk while PostgreSQL starts.
  const server = import("@/lib/http/server");
  const queue = import("@/lib/jobs/queue");
  // They are asked for below; until then a Ctrl-C may end their loading, which is nobody's fault.
  for (const loading of [server, queue]) loading.catch(() => undefined);
  await provideDatabase(parts, settings);
  await step("Starting the server", async () => {
    const { startServer } = await server;
    parts.server = startServer({ dev, port: settings.port });
    const { prepareQueue } = await queue;
    await Promise.all([parts.server, prepareQueue()]);
  });
}

/**
 * Sends what is owed, and does the other jobs of the queue. Loads the templates and the provider's library, which would
 * keep the first page waiting. It outlives a database that is away just now.
 */
export async function startLetters(parts: Parts): Promise<void> {
  const { startWorkers } = await import("@/lib/workers/workers");
  for (;;) {
    parts.letters = startWorkers();
    try {
      await parts.letters;
      return;
    } catch (error) {
      log.error({ err: error }, "letters cannot be sent yet, trying again");
      await pause(2_000);
    }
  }
}

/** Has a migrated database run, and puts its address and the secrets where the application reads them: into the variables. */
async function provideDatabase(parts: Parts, settings: Settings): Promise<void> {
  const secrets = await keptSecrets(settings.dataFolder);
  process.env.FOYER_DATA = settings.dataFolder;
  process.env.FOYER_SECRET ||= secrets.session;
  process.env.FOYER_KEYS ||= secrets.keys;
  if (!settings.databaseUrl)
    await step("Starting PostgreSQL", async () => {
      const starting = startDatabase(settings.dataFolder);
      parts.database = starting;
      process.env.DATABASE_URL = (await starting).url;
    });
  const url = process.env.DATABASE_URL ?? "";
  await step("Migrating the database", () => migrate(url, "prisma/migrations"));
  await refuseMissingKeys(url, readEnv(process.env).keys);
}

async function announce(settings: Settings, demo: boolean): Promise<void> {
  // Before the token: the demo brings an operator, and with one there is no setup.
  const demoLink = demo
    ? await step("Loading the demo", async () => (await import("@/prisma/demo")).loadDemo())
    : null;
  const { newSetupToken } = await import("@/lib/organizations/setup");
  const token = await newSetupToken();
  say(`\n  Foyer is at ${settings.origin}`);
  if (token) {
    say(
      `\n  Nobody is in yet. Open ${settings.origin}/setup with this setup token (a new one at each start):`,
    );
    say(`  ${token}`);
  }
  if (demoLink) say(`\n  Sign in to the demo organization, once: ${demoLink}`);
  if (!settings.worker) say("\n  Letters wait for `npm run worker`, because FOYER_WORKER is off.");
  say("\n  Ctrl-C stops it.\n");
}
