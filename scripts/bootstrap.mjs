// Imports only node: modules and files like this one, because it runs before the packages are installed.
import { fileURLToPath } from "node:url";
import { StartupError } from "./startup-error.mjs";

const MINIMUM_NODE = [20, 19];

/**
 * Runs the main function of a process: checks the Node version, changes to the project folder and loads
 * `.env`. If it throws, prints the message (with a stack trace only for an unexpected error) and exits with
 * code 1.
 *
 * @param {{ dev: boolean }} mode
 * @param {() => Promise<void>} main
 */
export async function bootstrap({ dev }, main) {
  process.env.NODE_ENV = dev ? "development" : "production";
  process.env.NEXT_TELEMETRY_DISABLED = "1";
  // A root shell often has a restrictive umask. Files with secrets are created with an explicit mode.
  process.umask(0o022);
  process.chdir(fileURLToPath(new URL("..", import.meta.url)));
  ignoreClosedOutput();
  try {
    assertNodeVersion();
    loadDotEnv();
    await main();
  } catch (error) {
    process.stderr.write(`\n${error.isExpected ? error.message : describeUnexpectedError(error)}\n`);
    process.exit(1);
  }
}

/** Enables loading TypeScript in this process. The packages must be installed. */
export async function loadTypeScript() {
  const { register } = await import("tsx/esm/api");
  register();
}

/**
 * Ignores EPIPE: the reader of the output can exit first (a closed terminal, `npm start | head`). Otherwise
 * the failed write would be an error that is logged, which fails again, endlessly.
 */
function ignoreClosedOutput() {
  for (const stream of [process.stdout, process.stderr])
    stream.on("error", (error) => {
      if (error.code !== "EPIPE") throw error;
    });
}

function assertNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [minimumMajor = 0, minimumMinor = 0] = MINIMUM_NODE;
  if (major > minimumMajor || (major === minimumMajor && minor >= minimumMinor)) return;
  throw new StartupError(
    `Foyer needs Node ${MINIMUM_NODE.join(".")} or newer; this is ${process.versions.node}. Get a newer version from https://nodejs.org.`,
  );
}

/** Loads `.env`. Variables that are already set take precedence. */
function loadDotEnv() {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if (error.code !== "ENOENT")
      throw new StartupError(`Can't read the file .env (${error.code}). Check its permissions.`);
  }
}

/** @param {Error} error */
function describeUnexpectedError(error) {
  return `Foyer failed to start:\n${error.stack ?? error}`;
}
