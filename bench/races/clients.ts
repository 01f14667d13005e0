import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { CallResult, CommandCall } from "./calls";
import type { ClientReply, ClientRequest } from "./client";

/** Client processes, each with its own connection pool, like several servers on one database. */
export type Clients = {
  /** Runs calls at the same moment, distributed over the processes in turn; returns the results in the same order. */
  run(calls: readonly CommandCall[]): Promise<CallResult[]>;
  stop(): Promise<void>;
};

const PROCESSES = 4;

/** Connections per process: below the pool's maximum (`lib/db/client.ts`), and in total below PostgreSQL's 100. */
const CONNECTIONS = 18;

/** Starts the processes and waits until they are connected to the database of this process's settings. */
export async function startClients(variant: "product" | "broken"): Promise<Clients> {
  const children = Array.from({ length: PROCESSES }, () => startProcess(variant));
  await Promise.all(children.map((child) => waitForReply(child, (reply) => reply === "connected")));
  return {
    async run(calls) {
      const assigned = children.map((_, index) => calls.filter((_, turn) => turn % PROCESSES === index));
      if (assigned.some((list) => list.length > CONNECTIONS)) throw new Error("more calls than connections");
      // The barrier: every process has its calls before any of them starts.
      await Promise.all(
        children.map((child, index) =>
          sendRequest(child, { calls: assigned[index] ?? [] }, (reply) => reply === "ready"),
        ),
      );
      const replies = await Promise.all(
        children.map((child) => sendRequest(child, "go", (reply) => typeof reply === "object")),
      );
      return calls.map((_, turn) => {
        const reply = replies[turn % PROCESSES];
        const result = typeof reply === "object" ? reply.results[Math.floor(turn / PROCESSES)] : undefined;
        if (!result) throw new Error("a client returned no result");
        return result;
      });
    },
    async stop() {
      await Promise.all(children.map(stopProcess));
    },
  };
}

function startProcess(variant: string): ChildProcess {
  const file = fileURLToPath(new URL("client.ts", import.meta.url));
  return fork(file, [variant, String(CONNECTIONS)], {
    execArgv: ["--import", "tsx"],
    // Actors and sessions contain Sets and Dates, which JSON cannot represent.
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

function sendRequest(
  child: ChildProcess,
  request: ClientRequest,
  isExpected: (reply: ClientReply) => boolean,
): Promise<ClientReply> {
  const reply = waitForReply(child, isExpected);
  child.send(request);
  return reply;
}

/** Returns the next reply; throws if it is not the expected one or the process exits. */
async function waitForReply(
  child: ChildProcess,
  isExpected: (reply: ClientReply) => boolean,
): Promise<ClientReply> {
  const cancel = new AbortController();
  const exited = once(child, "exit", { signal: cancel.signal }).then(([code]) => {
    throw new Error(`a client process exited with ${code}`);
  });
  try {
    const [reply] = await Promise.race([once(child, "message", { signal: cancel.signal }), exited]);
    if (!isExpected(reply)) throw new Error(`an unexpected reply: ${JSON.stringify(reply)}`);
    return reply;
  } finally {
    exited.catch(() => {});
    cancel.abort();
  }
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.disconnect();
  await exit;
}
