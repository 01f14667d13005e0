import { type OwnDatabase, startDatabase } from "@/lib/db/embedded";
import { refuseUnfitServer } from "@/lib/db/foreign";
import { refuseMissingKeys } from "@/lib/db/keys-in-use";
import { migrate } from "@/lib/db/migrate";
import { readEnv, readSettings, type Settings } from "@/lib/kit/env";
import { keptSecrets } from "@/lib/kit/kept-secrets";
import { build, generate } from "./prepare.mjs";
import { say, step } from "./steps.mjs";
import { onStop } from "./stop";

type Stoppable = { stop(): Promise<void> };
type Lock = { serves(address: string): void; release(): void };

/**
 * Serves in this process until a signal ends it: settings, build, database, migrations, pages, letters. What was
 * started is stopped in the other order.
 */
export async function serve({ dev, lock }: { dev: boolean; demo: boolean; lock: Lock }): Promise<void> {
  const settings = readSettings(process.env);
  if (settings.databaseUrl) await refuseUnfitServer(settings.databaseUrl);
  await generate();
  if (!dev) await build();
  // What takes longest to load is read from disk while PostgreSQL starts.
  const server = import("@/lib/http/server");
  const running: Stoppable[] = [];
  const stopAll = async () => {
    for (const part of running.toReversed()) await part.stop();
    lock.release();
  };
  onStop(stopAll, () => lock.release());
  try {
    await provideDatabase(settings, running);
    // Before the pages: what they send needs the queue's tables. A page that is being answered still finds it at the end.
    await step("Starting the letters", async () => {
      const { startWorkers } = await import("@/lib/jobs/workers");
      running.push(await startWorkers());
    });
    const { startServer } = await server;
    await step("Starting the server", async () => {
      running.push(await startServer({ dev, port: settings.port }));
    });
    lock.serves(settings.origin);
    await announce(settings);
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** Has a migrated database run, and puts its address and the secrets where the application reads them: into the variables. */
async function provideDatabase(settings: Settings, running: Stoppable[]): Promise<void> {
  const secrets = await keptSecrets(settings.dataFolder);
  process.env.FOYER_DATA = settings.dataFolder;
  process.env.FOYER_SECRET ||= secrets.session;
  process.env.FOYER_KEYS ||= secrets.keys;
  if (!settings.databaseUrl)
    await step("Starting PostgreSQL", async () => {
      const database: OwnDatabase = await startDatabase(settings.dataFolder);
      running.push(database);
      process.env.DATABASE_URL = database.url;
    });
  const url = process.env.DATABASE_URL ?? "";
  await step("Migrating the database", () => migrate(url, "prisma/migrations"));
  await refuseMissingKeys(url, readEnv(process.env).keys);
}

async function announce(settings: Settings): Promise<void> {
  const { newSetupToken } = await import("@/lib/organizations/setup");
  const token = await newSetupToken();
  say(`\n  Foyer is at ${settings.origin}`);
  if (token) {
    say(
      `\n  Nobody is in yet. Open ${settings.origin}/setup with this setup token (a new one at each start):`,
    );
    say(`  ${token}`);
  }
  say("\n  Ctrl-C stops it.\n");
}
