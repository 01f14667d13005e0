import { randomBytes } from "node:crypto";
import { chmod, link, mkdir, readFile, unlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { ExpectedError } from "./expected-error";

const secretsShape = z.object({
  /** Signs sessions: FOYER_SECRET. */
  session: z.string().min(32),
  /** The key ring that codes and links are derived from: FOYER_KEYS. */
  keys: z.string().min(1),
  /** The password of our own PostgreSQL. */
  database: z.string().min(16),
});

export type Secrets = z.infer<typeof secretsShape>;

/**
 * The secrets of an installation that were not given as variables (REQ-H1): made once, kept in
 * `secrets.json` of the data folder, readable by its owner alone. Two processes that make them at once end up with
 * the same ones. Refuses a file that cannot be understood instead of replacing it: its keys open every link sent.
 */
export async function keptSecrets(dataFolder: string): Promise<Secrets> {
  const file = path.join(dataFolder, "secrets.json");
  const kept = await readFile(file, "utf8").catch(absent);
  if (kept !== undefined) return understood(kept, file);
  await mkdir(dataFolder, { recursive: true, mode: 0o711 });
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, `${JSON.stringify(newSecrets(), null, 2)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  // A link fails when the file has appeared meanwhile: the first writer's secrets stand.
  await link(draft, file).catch(present);
  await unlink(draft);
  return understood(await readFile(file, "utf8"), file);
}

function newSecrets(): Secrets {
  return {
    session: randomBytes(32).toString("base64"),
    keys: `1:${randomBytes(32).toString("base64")}`,
    database: randomBytes(24).toString("hex"),
  };
}

function understood(text: string, file: string): Secrets {
  try {
    return secretsShape.parse(JSON.parse(text));
  } catch {
    throw new ExpectedError(
      `${file} cannot be understood. Put it back from a backup: without its keys no invitation link works. ` +
        "Only on an installation with nothing to lose, move it away and a new one is made.",
    );
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}

function present(error: NodeJS.ErrnoException): void {
  if (error.code !== "EEXIST") throw error;
}
