import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "semver";

/**
 * The lowest versions of packages without known vulnerabilities. Not every registry supports `npm audit`, so
 * the list is maintained by hand, with the date of its last review. Review it before each release.
 *
 * @typedef {{ package: string, minimum: string, reason: string }} MinimumVersion
 * @typedef {{ package: string, version: string, path: string }} InstalledPackage
 */

/**
 * Returns a message for every installed copy below its minimum version, and for every entry whose package is
 * not installed, because it was removed or its name is misspelled.
 *
 * @param {MinimumVersion[]} minimumVersions
 * @param {InstalledPackage[]} installed
 */
export function findOutdatedPackages(minimumVersions, installed) {
  return minimumVersions.flatMap(({ package: name, minimum, reason }) => {
    const copies = installed.filter((copy) => copy.package === name);
    if (copies.length === 0)
      return [`${name} has a minimum version but is not installed: remove the entry, or fix its name.`];
    return copies
      .filter((copy) => compare(copy.version, minimum) < 0)
      .map((copy) => `${name} ${copy.version} at ${copy.path} is below ${minimum} (${reason}).`);
  });
}

/**
 * Returns every copy of a package in the lock file, including those nested in other packages.
 *
 * @param {{ packages: Record<string, { version?: string }> }} lock
 * @returns {InstalledPackage[]}
 */
export function listInstalledPackages(lock) {
  return Object.entries(lock.packages).flatMap(([location, { version }]) => {
    const name = location.split("node_modules/").at(-1);
    return name && version ? [{ package: name, version, path: location }] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  const { minimumVersions, reviewedAt } = JSON.parse(
    readFileSync(path.join(folder, "minimum-versions.json"), "utf8"),
  );
  const lock = JSON.parse(readFileSync(path.join(folder, "../package-lock.json"), "utf8"));
  const problems = findOutdatedPackages(minimumVersions, listInstalledPackages(lock));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(`${minimumVersions.length} minimum versions are met; last reviewed on ${reviewedAt}.`);
}
