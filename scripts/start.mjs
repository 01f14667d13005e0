// Imports nothing but node: and its neighbours: before the first install there is nothing else.
import { createServer } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { defaultDataFolder, isRoot } from "../lib/kit/data-folder.mjs";
import { lock } from "./lock.mjs";
import { install } from "./prepare.mjs";
import { Refusal } from "./refusal.mjs";
import { say } from "./steps.mjs";

const OLDEST_NODE = [20, 19];

/**
 * `npm start [-- --demo]` and `npm run dev`: from a fresh clone to a served page (R H1). Everything that can be
 * known to be wrong is said before anything slow begins.
 *
 * @param {{ dev: boolean, demo: boolean }} mode
 */
export async function start({ dev, demo }) {
  /** @type {ReturnType<typeof lock> | undefined} */
  let held;
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // A root's shell often masks everything; what is secret gets its mode by name.
  process.umask(0o022);
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  try {
    refuseOldNode();
    loadDotEnv();
    const dataFolder = path.resolve(process.env.FOYER_DATA || defaultDataFolder(process.cwd(), isRoot()));
    held = lock(dataFolder);
    await refuseTakenPort(Number(process.env.PORT || 3000));
    await install();
    const { register } = await import("tsx/esm/api");
    register();
    if (!dev) stayLean();
    const { serve } = await import("./serve.ts");
    await serve({ dev, demo, lock: held });
  } catch (error) {
    held?.release();
    process.stderr.write(`\n${error.isExpected ? error.message : explain(error)}\n`);
    process.exit(1);
  }
}

/** Keeps what serves small (docs/decisions/0038-what-keeps-the-process-small.md). */
function stayLean() {
  // tsx switches them on, and Node then keeps the maps and sources of everything it loads, Next's own included.
  process.setSourceMapsEnabled(false);
  // Garbage goes once the heap has grown by 30 %, in place of whenever it has doubled or more.
  setFlagsFromString("--heap-growing-percent=30");
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [wantedMajor = 0, wantedMinor = 0] = OLDEST_NODE;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Refusal(
    `Foyer needs Node ${OLDEST_NODE.join(".")} or newer, and this is ${process.versions.node}. Get a newer one from https://nodejs.org.`,
  );
}

/** Variables that are set already win over those of the file. */
function loadDotEnv() {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if (error.code !== "ENOENT") throw new Refusal(`The file .env cannot be read (${error.code}).`);
  }
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

/** @param {Error} error */
function explain(error) {
  return `Foyer did not start, because of something nobody expected:\n${error.stack ?? error}`;
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
