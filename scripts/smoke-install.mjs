import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { bareDebian } from "./smoke/bare-debian.mjs";
import { cases } from "./smoke/cases.mjs";
import { clearData, endAll, within } from "./smoke/installation.mjs";
import { forgetOrdinaryUser } from "./smoke/regular-user.mjs";

/**
 * `npm run proof:install [-- --long] [-- --only <words>]`: plays from a fresh clone of the last commit what the
 * two commands promise, one line a case. Needs root (it makes users and a bare Debian); a case that cannot run has failed.
 * --long also runs `npm test` in the bare Debian.
 */
const PATIENCE = 40 * 60_000;
const words = process.argv.slice(2);
const only = words.includes("--only") ? words[words.indexOf("--only") + 1] : undefined;
const work = mkdtempSync(path.join(os.tmpdir(), "foyer-proof-"));
chmodSync(work, 0o755);
const cache = path.join(work, "npm-cache");
mkdirSync(cache);

const bare = bareDebian(work, cache, words.includes("--long"));
const all = [...cases(work, cache), ...bare.cases];
// The first case makes the clone that the others use.
const chosen = all.filter(
  ({ name }, index) => !only || name.includes(only) || (index === 0 && !only.includes("bare")),
);

function clear() {
  endAll();
  bare.clear();
  forgetOrdinaryUser();
  clearData();
  rmSync(work, { recursive: true, force: true });
}
process.on("SIGINT", () => {
  clear();
  process.exit(130);
});

let failed = 0;
for (const { name, play } of chosen) {
  const began = performance.now();
  const time = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
  try {
    const note = await within(play(), PATIENCE, "it did not come to an end");
    console.log(`ok    ${name}  ${time()}${note ? `  (${note})` : ""}`);
  } catch (error) {
    failed += 1;
    endAll();
    console.log(`FAIL  ${name}  ${time()}\n${String(error.message).replaceAll(/^/gm, "      ")}`);
  }
}
clear();
console.log(`${chosen.length - failed} ok, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
