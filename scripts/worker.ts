import { existsSync } from "node:fs";
import path from "node:path";
import { type Config, readConfig, readEnv } from "@/lib/config/env";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { assertKeysAvailable } from "@/lib/db/keys-in-use";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { assertSupportedServer } from "@/lib/postgres/server-requirements";
import { generateDatabaseClient } from "./prepare.mjs";
import { printLine, withProgress } from "./progress.mjs";
import { type RunningParts, startJobWorkers } from "./serve";
import { onShutdown } from "./shutdown";
import { StartupError } from "./startup-error.mjs";

/**
 * Processes jobs in this process, and nothing else, until a signal ends it. Any number of workers can run beside any
 * number of server processes. If a worker is killed, another one takes over its jobs.
 */
export async function runWorker(): Promise<void> {
  const settings = readConfig(process.env);
  const url = await prepareSharedDatabase(settings);
  const parts: RunningParts = {};
  const isStopping = onShutdown(
    async () => (await parts.workers?.catch(() => undefined))?.stop(),
    () => {},
  );
  try {
    await generateDatabaseClient();
    await withProgress("Migrating the database", () => migrateDatabase(url, "prisma/migrations"));
    await assertKeysAvailable(url, readEnv(process.env).keys);
    await withProgress("Starting the worker", () => startJobWorkers(parts));
    printLine("\n  The worker is running and sends emails. Press Ctrl-C to stop.\n");
  } catch (error) {
    if (!isStopping()) throw error;
  }
}

/** Returns the URL of the shared database, and puts the secrets of the server processes into the environment. */
async function prepareSharedDatabase({ databaseUrl, keys, dataFolder }: Config): Promise<string> {
  if (!databaseUrl)
    throw new StartupError(
      "`npm run worker` requires DATABASE_URL. With the embedded database, the server process sends the emails.",
    );
  await assertSupportedServer(databaseUrl);
  process.env.FOYER_DATA = dataFolder;
  if (keys) return databaseUrl;
  // Secrets created here would differ from those of the server processes, and links in emails would be invalid.
  if (!existsSync(path.join(dataFolder, "secrets.json")))
    throw new StartupError(
      "`npm run worker` requires the secrets of the server. Set FOYER_SECRET and FOYER_KEYS, or FOYER_DATA to its folder.",
    );
  const secrets = await loadOrCreateSecrets(dataFolder);
  process.env.FOYER_SECRET = secrets.session;
  process.env.FOYER_KEYS = secrets.keys;
  return databaseUrl;
}
