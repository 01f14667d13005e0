// Plain JavaScript: the start needs it before anything is installed.
import { createHash } from "node:crypto";
import path from "node:path";

/**
 * Where database, secrets and mailbox live when FOYER_DATA does not say: beside the project for an
 * ordinary user; for root below /var/lib, because PostgreSQL runs as a user of its own who must be able to
 * get there even when the project lies in a home of mode 700.
 *
 * @param {string} project the folder of package.json
 * @param {boolean} asRoot
 * @returns {string}
 */
export function defaultDataFolder(project, asRoot) {
  if (!asRoot) return path.join(project, ".foyer");
  const mark = createHash("sha256").update(project).digest("hex").slice(0, 8);
  return path.join("/var/lib/foyer", `${path.basename(project)}-${mark}`);
}

/**
 * Whether this process is root, on systems that know one.
 *
 * @returns {boolean}
 */
export function isRoot() {
  return process.getuid?.() === 0;
}
