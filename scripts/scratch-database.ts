import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startDatabase } from "@/lib/postgres/embedded";

/**
 * A PostgreSQL of our own in a temporary folder, for one run of a script or a test suite. It ends with `stop`, and also when
 * the process ends without calling it, by an error that nobody caught.
 */
export async function scratchDatabase(): Promise<{ url: string; folder: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "foyer-scratch-"));
  const clear = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", clear);
  const { url, pid, stop } = await startDatabase(folder);
  const kill = () => process.kill(pid, "SIGKILL");
  process.prependListener("exit", kill);
  return {
    url,
    folder,
    async stop() {
      await stop();
      process.off("exit", kill);
      process.off("exit", clear);
      clear();
    },
  };
}
