import { existsSync } from "node:fs";
import path from "node:path";
import { readEnv, readSettings, type Settings } from "@/lib/config/env";
import { keptSecrets } from "@/lib/config/secrets-file";
import { refuseMissingKeys } from "@/lib/db/keys-in-use";
import { migrate } from "@/lib/postgres/migrate";
import { refuseUnfitServer } from "@/lib/postgres/server-requirements";
import { generate } from "./prepare.mjs";
import { Refusal } from "./refusal.mjs";
import { type Parts, startLetters } from "./serve";
import { say, step } from "./steps.mjs";
import { onStop } from "./stop";

/**
 * Does the jobs of the queue in this process, and nothing else, until a signal ends it: any number of them beside any
 * number that serve. A kill -9 loses nothing; another one takes over what it was at.
 */
export async function runWorker(): Promise<void> {
  const settings = readSettings(process.env);
  const url = await databaseOf(settings);
  const parts: Parts = {};
  const isStopping = onStop(
    async () => (await parts.letters?.catch(() => undefined))?.stop(),
    () => {},
  );
  try {
    await generate();
    await step("Migrating the database", () => migrate(url, "prisma/migrations"));
    await refuseMissingKeys(url, readEnv(process.env).keys);
    await step("Starting to work", () => startLetters(parts));
    say("\n  Letters are sent. Ctrl-C stops it.\n");
  } catch (error) {
    if (!isStopping()) throw error;
  }
}

/** The address of the shared database; the secrets of those who serve are in the variables afterwards. */
async function databaseOf({ databaseUrl, keys, dataFolder }: Settings): Promise<string> {
  if (!databaseUrl)
    throw new Refusal(
      "npm run worker needs DATABASE_URL. With a database of its own Foyer sends letters in the process that serves.",
    );
  await refuseUnfitServer(databaseUrl);
  process.env.FOYER_DATA = dataFolder;
  if (keys) return databaseUrl;
  // Secrets made here would be others than those of the processes that serve, and letters would lead nowhere.
  if (!existsSync(path.join(dataFolder, "secrets.json")))
    throw new Refusal(
      "npm run worker needs the secrets of the processes that serve: FOYER_SECRET and FOYER_KEYS, or their FOYER_DATA.",
    );
  const secrets = await keptSecrets(dataFolder);
  process.env.FOYER_SECRET = secrets.session;
  process.env.FOYER_KEYS = secrets.keys;
  return databaseUrl;
}
