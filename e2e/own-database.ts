import { readFile } from "node:fs/promises";
import path from "node:path";
import { keptSecrets } from "@/lib/config/secrets-file";
import { SUPERUSER } from "@/lib/postgres/cluster";

/** The address of the database that an installation with nothing configured runs for itself. */
export async function ownDatabaseOf(dataFolder: string): Promise<string> {
  const port = (await readFile(path.join(dataFolder, "postgres", "port"), "utf8")).trim();
  const { database: password } = await keptSecrets(dataFolder);
  return `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/foyer`;
}
