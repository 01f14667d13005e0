// Imports nothing but node: and its neighbours: before the first install there is nothing else.
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { defaultDataFolder, isRoot } from "../lib/config/data-folder.mjs";
import { begin, loadTypeScript } from "./begin.mjs";
import { lock } from "./lock.mjs";
import { install } from "./prepare.mjs";
import { Refusal } from "./refusal.mjs";
import { say } from "./steps.mjs";

/**
 * `npm start [-- --demo]` and `npm run dev`: from a fresh clone to a served page (REQ-H1). Everything that can be
 * known to be wrong is said before anything slow begins.
 *
 * @param {{ dev: boolean, demo: boolean }} mode
 */
export async function start({ dev, demo }) {
  await begin({ dev }, async () => {
    const dataFolder = path.resolve(process.env.FOYER_DATA || defaultDataFolder(process.cwd(), isRoot()));
    const held = lock(dataFolder);
    try {
      await refuseTakenPort(Number(process.env.PORT || 3000));
      await install();
      await loadTypeScript();
      if (!dev) stayLean();
      const { serve } = await import("./serve.ts");
      await serve({ dev, demo, lock: held });
    } catch (error) {
      held.release();
      throw error;
    }
  });
}

/** Keeps what serves small (docs/decisions/0038-what-keeps-the-process-small.md). */
function stayLean() {
  // tsx switches them on, and Node then keeps the maps and sources of everything it loads, Next's own included.
  process.setSourceMapsEnabled(false);
  // Garbage goes once the heap has grown by 30 %, in place of whenever it has doubled or more.
  setFlagsFromString("--heap-growing-percent=30");
}

/**
 * The server itself would say it too, but only after a build.
 *
 * @param {number} port
 */
async function refuseTakenPort(port) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return;
  const code = await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error) => resolve(error.code));
    probe.listen(port, () => probe.close(() => resolve(undefined)));
  });
  if (code === "EADDRINUSE")
    throw new Refusal(
      `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`,
    );
  if (code === "EACCES")
    throw new Refusal(`Port ${port} is only for root. Choose one from 1024 up: PORT=3000 npm start`);
}

const isMain = process.argv[1] === fileURLToPath(import.meta.url);
if (isMain) {
  const words = process.argv.slice(2);
  const unknown = words.filter((word) => word !== "--demo");
  if (unknown.length > 0) {
    say(`Unknown: ${unknown.join(" ")}. There is \`npm start\` and \`npm start -- --demo\`.`);
    process.exit(1);
  }
  await start({ dev: false, demo: words.includes("--demo") });
}
