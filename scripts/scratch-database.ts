import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbeddedDatabase } from "@/lib/postgres/embedded";

/**
 * Starts an embedded PostgreSQL in a temporary folder, for one run of a script or a test suite. `stop`
 * removes it; so does the end of the process, for example after an uncaught error.
 */
export async function startScratchDatabase(): Promise<{
  url: string;
  folder: string;
  stop(): Promise<void>;
}> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "foyer-scratch-"));
  const removeFolder = () => rmSync(folder, { recursive: true, force: true });
  process.on("exit", removeFolder);
  const { url, pid, stop } = await startEmbeddedDatabase(folder);
  const kill = () => process.kill(pid, "SIGKILL");
  process.prependListener("exit", kill);
  return {
    url,
    folder,
    async stop() {
      await stop();
      process.off("exit", kill);
      process.off("exit", removeFolder);
      removeFolder();
    },
  };
}
