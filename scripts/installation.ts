import { readConfig } from "@/lib/config/env";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";
import { migrateDatabase } from "@/lib/postgres/migrate";
import { lockDataFolder } from "./data-folder-lock.mjs";

/**
 * Runs a function on this installation's migrated database, with its secrets. The database is that of
 * DATABASE_URL, or the embedded one in FOYER_DATA, which no other process may use at the same time. Loads
 * `.env` as `npm start` does.
 */
export async function withInstallation(run: () => Promise<void>): Promise<void> {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
  const config = readConfig(process.env);
  const lock = config.databaseUrl ? null : lockDataFolder(config.dataFolder);
  try {
    const secrets = await loadOrCreateSecrets(config.dataFolder);
    process.env.FOYER_DATA = config.dataFolder;
    process.env.FOYER_SECRET ||= secrets.session;
    process.env.FOYER_KEYS ||= secrets.keys;
    const embedded = config.databaseUrl ? null : await startEmbeddedDatabase(config.dataFolder);
    if (embedded) process.env.DATABASE_URL = embedded.url;
    try {
      await migrateDatabase(process.env.DATABASE_URL ?? "", "prisma/migrations");
      await run();
    } finally {
      await (await import("@/lib/db/client")).closeDatabase();
      await embedded?.stop();
    }
  } finally {
    lock?.release();
  }
}
