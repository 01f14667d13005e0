import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

export type FoyerProcess = {
  origin: string;
  /** The id of the server process. */
  pid: number;
  dataFolder: string;
  /** Everything that the process has printed. */
  output(): string;
  /** Closes the reading end of its output, as closing a terminal does. */
  closeOutput(): void;
  /** The setup token from the output; undefined if there is an Owner. */
  setupToken(): string | undefined;
  stop(): Promise<void>;
  /** Kills the process with SIGKILL. */
  kill(): Promise<void>;
};

/**
 * Starts Foyer with `node scripts/start.mjs` and further arguments such as `--demo`, and waits until it serves. It listens
 * on a free port, unless PORT names one.
 */
export async function startFoyer(
  dataFolder: string,
  variables: Record<string, string> = {},
  args: string[] = [],
): Promise<FoyerProcess> {
  const port = Number(variables.PORT ?? (await findFreePort()));
  const origin = `http://localhost:${port}`;
  const env = { ...process.env, FOYER_URL: origin, ...variables, FOYER_DATA: dataFolder, PORT: String(port) };
  const child = launch(["scripts/start.mjs", ...args], env);
  const deadline = Date.now() + 180_000;
  while (!child.output().includes("Press Ctrl-C to stop"))
    await waitOrThrow(child, deadline, "Foyer did not start");
  return {
    origin,
    pid: child.process.pid ?? 0,
    dataFolder,
    output: child.output,
    closeOutput: child.closeOutput,
    setupToken: () => /setup token[^\n]*\n\s*(\S{16,})/.exec(child.output())?.[1],
    stop: child.stop,
    kill: child.kill,
  };
}

/** Starts `npm run worker`, which sends emails in a separate process. */
export async function startWorker(variables: Record<string, string>): Promise<WorkerProcess> {
  const child = launch(["scripts/worker.mjs"], { ...process.env, ...variables });
  const deadline = Date.now() + 60_000;
  while (!child.output().includes("Press Ctrl-C to stop"))
    await waitOrThrow(child, deadline, "No worker started");
  return { stop: child.stop, kill: child.kill, output: child.output };
}

export type WorkerProcess = Pick<ChildServer, "stop" | "kill" | "output">;

/** The stand-in of the email provider; `control` reads from its control API or posts to it. */
export type StandIn = {
  origin: string;
  stop(): Promise<void>;
  control<T>(path: string, body?: object): Promise<T>;
};

/** Starts the stand-in of the email provider in a separate process. */
export async function startStandIn(): Promise<StandIn> {
  const child = launch(["--import", "tsx", "e2e/stand-in/serve.ts"], process.env);
  const deadline = Date.now() + 20_000;
  for (;;) {
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(child.output())?.[0];
    if (origin) return { origin, stop: child.stop, control: (path, body) => control(origin, path, body) };
    await waitOrThrow(child, deadline, "The stand-in of the provider did not start");
  }
}

async function control<T>(origin: string, path: string, body?: object): Promise<T> {
  const init = body ? { method: "POST", body: JSON.stringify(body) } : {};
  const response = await fetch(`${origin}/control/${path}`, init);
  if (!response.ok) throw new Error(`The stand-in refused ${path}: ${await response.text()}`);
  return (await response.json()) as T;
}

/**
 * Starts OpenID Connect providers in a separate process, for a Foyer at `origin`. Returns the settings that this Foyer
 * needs.
 */
export async function startIdentityProviders(
  origin: string,
  names: Record<string, string>,
): Promise<{ settings: Record<string, string>; stop(): Promise<void> }> {
  const settings: Record<string, string> = { FOYER_OIDC: Object.keys(names).join() };
  const args: string[] = [];
  for (const [id, name] of Object.entries(names)) {
    const port = await findFreePort();
    args.push(`${id}=${port}`);
    const prefix = `FOYER_OIDC_${id.toUpperCase()}`;
    settings[`${prefix}_ISSUER`] = `http://127.0.0.1:${port}`;
    settings[`${prefix}_CLIENT_ID`] = `foyer-at-${id}`;
    settings[`${prefix}_CLIENT_SECRET`] = `a secret of ${id}`;
    settings[`${prefix}_NAME`] = name;
  }
  const child = launch(["--import", "tsx", "e2e/identity/serve.ts", origin, ...args], process.env);
  const deadline = Date.now() + 20_000;
  while (child.output().split("is listening").length <= args.length)
    await waitOrThrow(child, deadline, "The providers of OpenID Connect did not start");
  return { settings, stop: child.stop };
}

/** Returns a port that is currently free. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("No free port was found.");
  return address.port;
}

type ChildServer = {
  process: ChildProcess;
  output(): string;
  closeOutput(): void;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

function launch(args: string[], env: NodeJS.ProcessEnv): ChildServer {
  let output = "";
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const append = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on("data", append);
  child.stderr.on("data", append);
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const forceKill = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await exited;
    clearTimeout(forceKill);
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await exited;
  };
  const closeOutput = () => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { process: child, output: () => output, closeOutput, stop, kill };
}

/** Waits 100 ms; stops the process and throws if it has exited or the deadline has passed. */
async function waitOrThrow(child: ChildServer, deadline: number, message: string): Promise<void> {
  const { exitCode } = child.process;
  if (exitCode === null && Date.now() < deadline) return new Promise((resolve) => setTimeout(resolve, 100));
  await child.stop();
  throw new Error(
    `${message}${exitCode === null ? " in time" : ` (it exited with ${exitCode})`}:\n${child.output()}`,
  );
}
