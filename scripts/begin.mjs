// Imports nothing but node: and its neighbours: before the first install there is nothing else.
import { fileURLToPath } from "node:url";
import { Refusal } from "./refusal.mjs";

const OLDEST_NODE = [20, 19];

/**
 * Begins a process of the installation: the right Node, the folder of the project, its settings from `.env`. What `work`
 * throws is said as a sentence where it was expected, and ends the process.
 *
 * @param {{ dev: boolean }} mode
 * @param {() => Promise<void>} work
 */
export async function begin({ dev }, work) {
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // A root's shell often masks everything; what is secret gets its mode by name.
  process.umask(0o022);
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  outliveReaders();
  try {
    refuseOldNode();
    loadDotEnv();
    await work();
  } catch (error) {
    process.stderr.write(`\n${error.isExpected ? error.message : explain(error)}\n`);
    process.exit(1);
  }
}

/** Lets this process load TypeScript; only after an install. */
export async function loadTypeScript() {
  const { register } = await import("tsx/esm/api");
  register();
}

/**
 * Whoever reads the output may go before we do (a closed terminal, `npm start | head`). Without this, what cannot be
 * written is an error, which is logged, which cannot be written, for ever.
 */
function outliveReaders() {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => {
      if (error.code !== "EPIPE") throw error;
    });
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

/** @param {Error} error */
function explain(error) {
  return `Foyer did not start, because of something nobody expected:\n${error.stack ?? error}`;
}
