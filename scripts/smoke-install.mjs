import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { createBareDebian } from "./smoke/bare-debian.mjs";
import { killAll, removeData, withTimeout } from "./smoke/installation.mjs";
import { removeRegularUser } from "./smoke/regular-user.mjs";
import { createSmokeTests } from "./smoke/smoke-tests.mjs";

/**
 * `npm run smoke:install [-- --long] [-- --only <text>]` tests the installation from a fresh clone of the
 * last commit. Prints one line per test. Needs root, because it creates users and a bare Debian; a test that
 * cannot run has failed. `--long` also runs `npm test` in the bare Debian.
 */
const TIMEOUT_MS = 40 * 60_000;
const args = process.argv.slice(2);
const only = args.includes("--only") ? args[args.indexOf("--only") + 1] : undefined;
const folder = mkdtempSync(path.join(os.tmpdir(), "foyer-smoke-"));
chmodSync(folder, 0o755);
const cache = path.join(folder, "npm-cache");
mkdirSync(cache);

const bare = createBareDebian(folder, cache, args.includes("--long"));
const tests = [...createSmokeTests(folder, cache), ...bare.smokeTests];
// The first test creates the clone that the others use.
const selected = tests.filter(
  ({ name }, index) => !only || name.includes(only) || (index === 0 && !only.includes("bare")),
);

function cleanUp() {
  killAll();
  bare.unmountAll();
  removeRegularUser();
  removeData();
  rmSync(folder, { recursive: true, force: true });
}
process.on("SIGINT", () => {
  cleanUp();
  process.exit(130);
});

let failed = 0;
for (const { name, run } of selected) {
  const startedAt = performance.now();
  const time = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
  try {
    const detail = await withTimeout(run(), TIMEOUT_MS, "the test did not finish");
    console.log(`ok    ${name}  ${time()}${detail ? `  (${detail})` : ""}`);
  } catch (error) {
    failed += 1;
    killAll();
    console.log(`FAIL  ${name}  ${time()}\n${String(error.message).replaceAll(/^/gm, "      ")}`);
  }
}
cleanUp();
console.log(`${selected.length - failed} ok, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
