// Imports only node: modules and files like this one, because it runs before the packages are installed.
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { defaultDataFolder, isRoot } from "../lib/config/data-folder.mjs";
import { bootstrap, loadTypeScript } from "./bootstrap.mjs";
import { lockDataFolder } from "./data-folder-lock.mjs";
import { installPackages } from "./prepare.mjs";
import { printLine } from "./progress.mjs";
import { StartupError } from "./startup-error.mjs";

/**
 * Starts Foyer from a fresh clone (REQ-H1): `npm start [-- --demo]` and `npm run dev`. Errors that can be
 * detected early are reported before the slow steps.
 *
 * @param {{ dev: boolean, demo: boolean }} mode
 */
export async function startInstallation({ dev, demo }) {
  await bootstrap({ dev }, async () => {
    const dataFolder = path.resolve(process.env.FOYER_DATA || defaultDataFolder(process.cwd(), isRoot()));
    const lock = lockDataFolder(dataFolder);
    try {
      await assertPortAvailable(Number(process.env.PORT || 3000));
      await installPackages();
      await loadTypeScript();
      if (!dev) limitMemory();
      const { serveApplication } = await import("./serve.ts");
      await serveApplication({ dev, demo, lock });
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/** Limits the memory of the server (docs/decisions/0038-server-memory.md). */
function limitMemory() {
  // tsx enables source maps, and Node then keeps the maps and sources of every loaded module, including
  // Next.js.
  process.setSourceMapsEnabled(false);
  // Collects garbage when the heap has grown by 30 %, instead of when it has at least doubled.
  setFlagsFromString("--heap-growing-percent=30");
}

/**
 * Throws a StartupError if the port cannot be used. The server would fail too, but only after a build.
 *
 * @param {number} port
 */
async function assertPortAvailable(port) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const code = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(error.code));
    probe.listen(port, () => probe.close(() => resolve(undefined)));
  });
  if (code === "EADDRINUSE")
    throw new StartupError(
      `Port ${port} is in use. Stop the other program, or choose another port: PORT=${port + 1} npm start`,
    );
  if (code === "EACCES")
    throw new StartupError(`Port ${port} requires root. Use 1024 or higher: PORT=3000 npm start`);
}

const isMain = process.argv[1] === fileURLToPath(import.meta.url);
if (isMain) {
  const args = process.argv.slice(2);
  const unknown = args.filter((arg) => arg !== "--demo");
  if (unknown.length > 0) {
    printLine(`Unknown option: ${unknown.join(" ")}. Use \`npm start\` or \`npm start -- --demo\`.`);
    process.exit(1);
  }
  await startInstallation({ dev: false, demo: args.includes("--demo") });
}
