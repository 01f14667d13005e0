import { readSettings } from "@/lib/config/env";
import { keptSecrets } from "@/lib/config/secrets-file";
import { startDatabase } from "@/lib/postgres/embedded";
import { migrate } from "@/lib/postgres/migrate";
import { lock } from "./lock.mjs";

/**
 * Does `work` on the database of this installation, migrated and with its secrets: the one of DATABASE_URL, or Foyer's
 * own in FOYER_DATA, which must not be serving meanwhile. Settings also come from `.env`, as at a start.
 */
export async function withInstallation(work: () => Promise<void>): Promise<void> {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
  const settings = readSettings(process.env);
  const held = settings.databaseUrl ? null : lock(settings.dataFolder);
  try {
    const secrets = await keptSecrets(settings.dataFolder);
    process.env.FOYER_DATA = settings.dataFolder;
    process.env.FOYER_SECRET ||= secrets.session;
    process.env.FOYER_KEYS ||= secrets.keys;
    const own = settings.databaseUrl ? null : await startDatabase(settings.dataFolder);
    if (own) process.env.DATABASE_URL = own.url;
    try {
      await migrate(process.env.DATABASE_URL ?? "", "prisma/migrations");
      await work();
    } finally {
      await (await import("@/lib/db/client")).closeDatabase();
      await own?.stop();
    }
  } finally {
    held?.release();
  }
}
