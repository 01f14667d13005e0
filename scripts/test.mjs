// `npm test`, from a fresh clone too: imports nothing but node: and its neighbours before the install.
import { fileURLToPath } from "node:url";
import { check } from "./check.mjs";
import { install } from "./prepare.mjs";
import { say } from "./steps.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
try {
  await install();
} catch (error) {
  say(`\n${error.message}\n\n0 passed, 1 failed`);
  process.exit(1);
}
process.exit((await check()) ? 0 : 1);
