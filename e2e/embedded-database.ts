import { readFile } from "node:fs/promises";
import path from "node:path";
import { loadOrCreateSecrets } from "@/lib/config/secrets-file";
import { SUPERUSER } from "@/lib/postgres/cluster";

/** Returns the URL of the embedded database of an installation without DATABASE_URL. */
export async function embeddedDatabaseUrl(dataFolder: string): Promise<string> {
  const port = (await readFile(path.join(dataFolder, "postgres", "port"), "utf8")).trim();
  const { database: password } = await loadOrCreateSecrets(dataFolder);
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/foyer`;
}
