import { createHash } from "node:crypto";
import path from "node:path";

/**
 * Where database, secrets and mailbox live when FOYER_DATA does not say: beside the project for an
 * ordinary user; for root below /var/lib, because PostgreSQL runs as a user of its own who must be able to
 * get there even when the project lies in a home of mode 700.
 */
export function defaultDataFolder(project: string, isRoot: boolean): string {
  if (!isRoot) return path.join(project, ".foyer");
  const mark = createHash("sha256").update(project).digest("hex").slice(0, 8);
  return path.join("/var/lib/foyer", `${path.basename(project)}-${mark}`);
}

/** Whether this process is root, on systems that know one. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
