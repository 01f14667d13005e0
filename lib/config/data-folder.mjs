// Plain JavaScript, because startup needs it before the packages are installed.
import { createHash } from "node:crypto";
import path from "node:path";

/**
 * Returns the data folder to use if FOYER_DATA is not set: in the project for a regular user; below /var/lib
 * for root, because PostgreSQL then runs as a system user that cannot enter a home directory of mode 700.
 *
 * @param {string} project the folder of package.json
 * @param {boolean} isRootUser
 * @returns {string}
 */
export function defaultDataFolder(project, isRootUser) {
  if (!isRootUser) return path.join(project, ".foyer");
  const hash = createHash("sha256").update(project).digest("hex").slice(0, 8);
  return path.join("/var/lib/foyer", `${path.basename(project)}-${hash}`);
}

/**
 * Returns true if this process runs as root; always false on Windows.
 *
 * @returns {boolean}
 */
export function isRoot() {
  return process.getuid?.() === 0;
}
