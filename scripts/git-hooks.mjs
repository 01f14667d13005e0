// `npm run dev` runs this. The git hooks are optional: in an archive, in a container without git, or where
// lefthook is not installed, they are skipped.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const lefthook = "node_modules/lefthook/bin/index.js";
if (existsSync(".git") && existsSync(lefthook) && !process.env.CI) {
  spawnSync(process.execPath, [lefthook, "install"], { stdio: "ignore", timeout: 10_000 });
}
