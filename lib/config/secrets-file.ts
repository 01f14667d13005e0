import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { ExpectedError } from "./expected-error";

const secretsSchema = z.object({
  /** Signs sessions: FOYER_SECRET. */
  session: z.string().min(32),
  /** The key ring from which codes and links are derived: FOYER_KEYS. */
  keys: z.string().min(1),
  /** The password of the embedded PostgreSQL. */
  database: z.string().min(16),
});

export type Secrets = z.infer<typeof secretsSchema>;

/**
 * Returns the secrets of an installation that has no variables for them (REQ-H1). Generates them once and
 * stores them in `secrets.json` in the data folder, readable only by its owner; concurrent processes get the
 * same ones. Throws if the file is invalid instead of replacing it, because every link that was sent depends
 * on its keys.
 */
export async function loadOrCreateSecrets(dataFolder: string): Promise<Secrets> {
  const file = path.join(dataFolder, "secrets.json");
  const existing = await readFile(file, "utf8").catch(ignoreMissing);
  if (existing !== undefined) return parseSecrets(existing, file);
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(generateSecrets(), null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  // link() fails if another process created the file first; its secrets are used.
  await link(draft, file).catch(ignoreExisting);
  await unlink(draft);
  return parseSecrets(await readFile(file, "utf8"), file);
}

function generateSecrets(): Secrets {
  return {
    session: randomBytes(32).toString("base64"),
    keys: `1:${randomBytes(32).toString("base64")}`,
    database: randomBytes(24).toString("hex"),
  };
}

function parseSecrets(text: string, file: string): Secrets {
  try {
    return secretsSchema.parse(JSON.parse(text));
  } catch {
    throw new ExpectedError(
      `Can't read ${file}. Restore it from a backup: without its keys, invitation links stop working. ` +
        "If you have no data to keep, move the folder away to start over.",
    );
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
