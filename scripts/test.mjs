// `npm test` works from a fresh clone, so this imports only node: modules and files like this one before the
// packages are installed.
import { fileURLToPath } from "node:url";
import { runChecks } from "./check.mjs";
import { installPackages } from "./prepare.mjs";
import { printLine } from "./progress.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
try {
  await installPackages();
} catch (error) {
  printLine(`\n${error.message}\n\n0 passed, 1 failed`);
  process.exit(1);
}
process.exit((await runChecks()) ? 0 : 1);
