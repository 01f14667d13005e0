import { setTimeout as pause } from "node:timers/promises";
import { closeDatabase, connectionPool } from "@/lib/db/client";
import { closeQueue } from "@/lib/jobs/queue";
import { brokenCommands } from "./broken-commands";
import type { CallResult, CommandCall, Commands } from "./calls";
import { productCommands } from "./product-commands";

/** The messages between the runner and a client process. */
export type ClientRequest = { calls: readonly CommandCall[] } | "go";
export type ClientReply = "connected" | "ready" | { results: CallResult[] };

// A process of clients, started by `clients.ts` with the name of an implementation and its number of connections.
const [variant = "", connections = "1"] = process.argv.slice(2);
const commands = variant === "broken" ? brokenCommands : productCommands;
let prepared: readonly CommandCall[] = [];

function runCommand<K extends CommandCall["command"]>(call: Extract<CommandCall, { command: K }>) {
  return (commands[call.command] as Commands[K])(call);
}

async function runCall(call: CommandCall): Promise<CallResult> {
  try {
    if (call.after) await pause(call.after);
    return await runCommand(call);
  } catch (error) {
    return { threw: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function reply(message: ClientReply): void {
  process.send?.(message);
}

process.on("message", async (request: ClientRequest) => {
  if (request !== "go") {
    prepared = request.calls;
    return reply("ready");
  }
  reply({ results: await Promise.all(prepared.map(runCall)) });
});

process.on("disconnect", async () => {
  await closeQueue();
  await closeDatabase();
});

// Open every connection before the first round, so that no call waits for one while the others run.
await Promise.all(
  Array.from({ length: Number(connections) }, () => connectionPool().query("SELECT pg_sleep(0.2)")),
);
reply("connected");
