import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");

export type Foyer = {
  origin: string;
  /** The process that serves. */
  pid: number;
  dataFolder: string;
  /** Everything it has printed so far. */
  output(): string;
  /** Reads its output no more, as a terminal that was closed. */
  leave(): void;
  /** The setup token it printed; undefined when there is an Owner already. */
  token(): string | undefined;
  stop(): Promise<void>;
  /** Ends it by kill -9, as a pulled plug would. */
  kill(): Promise<void>;
};

/**
 * Starts the real thing as a person would, `node scripts/start.mjs` with more words such as `--demo`, and waits until
 * it says that it serves. On a port of its own, unless PORT names one.
 */
export async function startFoyer(
  dataFolder: string,
  variables: Record<string, string> = {},
  words: string[] = [],
): Promise<Foyer> {
  const port = Number(variables.PORT ?? (await freePort()));
  const origin = `http://localhost:${port}`;
  const env = { ...process.env, ...variables, FOYER_DATA: dataFolder, PORT: String(port), FOYER_URL: origin };
  const child = launch(["scripts/start.mjs", ...words], env);
  const deadline = Date.now() + 180_000;
  while (!child.output().includes("Ctrl-C stops it")) await patience(child, deadline, "Foyer did not start");
  return {
    origin,
    pid: child.process.pid ?? 0,
    dataFolder,
    output: child.output,
    leave: child.leave,
    token: () => /setup token[^\n]*\n\s*(\S{16,})/.exec(child.output())?.[1],
    stop: child.stop,
    kill: child.kill,
  };
}

/** Starts `npm run worker`, which sends letters beside whoever serves. */
export async function startWorker(variables: Record<string, string>): Promise<Worker> {
  const child = launch(["scripts/worker.mjs"], { ...process.env, ...variables });
  const deadline = Date.now() + 60_000;
  while (!child.output().includes("Letters are sent")) await patience(child, deadline, "No worker started");
  return { stop: child.stop, kill: child.kill, output: child.output };
}

export type Worker = Pick<Running, "stop" | "kill" | "output">;

/** The stand-in of the email provider; `control` asks it for something, or orders it to do something. */
export type StandIn = {
  origin: string;
  stop(): Promise<void>;
  control<T>(what: string, order?: object): Promise<T>;
};

/** Starts the stand-in of the email provider as a process of its own. */
export async function startStandIn(): Promise<StandIn> {
  const child = launch(["--import", "tsx", "e2e/stand-in/serve.ts"], process.env);
  const deadline = Date.now() + 20_000;
  for (;;) {
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(child.output())?.[0];
    if (origin) return { origin, stop: child.stop, control: (what, order) => control(origin, what, order) };
    await patience(child, deadline, "The stand-in of the provider did not start");
  }
}

async function control<T>(origin: string, what: string, order?: object): Promise<T> {
  const sent = order ? { method: "POST", body: JSON.stringify(order) } : {};
  const answer = await fetch(`${origin}/control/${what}`, sent);
  if (!answer.ok) throw new Error(`The stand-in refuses ${what}: ${await answer.text()}`);
  return (await answer.json()) as T;
}

/**
 * Starts the providers of OpenID Connect as a process of their own, for the Foyer that will be at `origin`; answers the
 * settings that this Foyer needs.
 */
export async function startIdentityProviders(
  origin: string,
  names: Record<string, string>,
): Promise<{ settings: Record<string, string>; stop(): Promise<void> }> {
  const settings: Record<string, string> = { FOYER_OIDC: Object.keys(names).join() };
  const words: string[] = [];
  for (const [id, name] of Object.entries(names)) {
    const port = await freePort();
    words.push(`${id}=${port}`);
    const of = `FOYER_OIDC_${id.toUpperCase()}`;
    settings[`${of}_ISSUER`] = `http://127.0.0.1:${port}`;
    settings[`${of}_CLIENT_ID`] = `foyer-at-${id}`;
    settings[`${of}_CLIENT_SECRET`] = `a secret of ${id}`;
    settings[`${of}_NAME`] = name;
  }
  const child = launch(["--import", "tsx", "e2e/identity/serve.ts", origin, ...words], process.env);
  const deadline = Date.now() + 20_000;
  while (child.output().split("is there").length <= words.length)
    await patience(child, deadline, "The providers of OpenID Connect did not start");
  return { settings, stop: child.stop };
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("This machine gives no port.");
  return address.port;
}

type Running = {
  process: ChildProcess;
  output(): string;
  leave(): void;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

function launch(args: string[], env: NodeJS.ProcessEnv): Running {
  let output = "";
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
  const keep = (part: Buffer) => {
    output += part.toString();
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGTERM");
    const hurry = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await ended;
    clearTimeout(hurry);
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  const leave = () => {
    child.stdout.destroy();
    child.stderr.destroy();
  };
  return { process: child, output: () => output, leave, stop, kill };
}

async function patience(child: Running, deadline: number, complaint: string): Promise<void> {
  const { exitCode } = child.process;
  if (exitCode === null && Date.now() < deadline) return new Promise((resolve) => setTimeout(resolve, 100));
  await child.stop();
  throw new Error(
    `${complaint}${exitCode === null ? " in time" : ` (it ended with ${exitCode})`}:\n${child.output()}`,
  );
}
