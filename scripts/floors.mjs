import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { compare } from "semver";

/**
 * The versions below which a package is known to be open to an attack. Not every registry answers `npm audit`, so
 * the list is ours, with the date somebody last looked for new entries; each release begins with such a look.
 *
 * @typedef {{ package: string, atLeast: string, because: string }} Floor
 * @typedef {{ package: string, version: string, at: string }} Installed
 */

/**
 * Every installed copy that lies below its floor, in a sentence. A floor whose package is not installed at all
 * is a sentence too: it was removed, or it is misspelt.
 *
 * @param {Floor[]} floors
 * @param {Installed[]} installed
 */
export function belowFloors(floors, installed) {
  return floors.flatMap(({ package: name, atLeast, because }) => {
    const copies = installed.filter((copy) => copy.package === name);
    if (copies.length === 0)
      return [`${name} has a floor but is not installed: remove the floor, or mend its name.`];
    return copies
      .filter((copy) => compare(copy.version, atLeast) < 0)
      .map((copy) => `${name} ${copy.version} at ${copy.at} is below ${atLeast} (${because}).`);
  });
}

/**
 * Every copy that the lock installs, also those below another package.
 *
 * @param {{ packages: Record<string, { version?: string }> }} lock
 * @returns {Installed[]}
 */
export function installedBy(lock) {
  return Object.entries(lock.packages).flatMap(([at, { version }]) => {
    const name = at.split("node_modules/").at(-1);
    return name && version ? [{ package: name, version, at }] : [];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const { floors, lookedAt } = JSON.parse(readFileSync(path.join(here, "floors.json"), "utf8"));
  const lock = JSON.parse(readFileSync(path.join(here, "../package-lock.json"), "utf8"));
  const problems = belowFloors(floors, installedBy(lock));
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(`${floors.length} floors hold; last looked at on ${lookedAt}.`);
}
