import { setTimeout as pause } from "node:timers/promises";
import { closeDatabase, pool } from "@/lib/db/client";
import { stopSending } from "@/lib/jobs/queue";
import type { Answer, Commands, Move } from "./moves";

/** What the referee says to a player's process, and what comes back. */
export type Order = { deal: readonly Move[] } | "go";
export type Reply = "seated" | "ready" | { answers: Answer[] };

// A process of players, started by `players.ts` with the module that makes the moves, and how many play here at most.
const [source = "", seats = "1"] = process.argv.slice(2);
const { commands } = (await import(source)) as { commands: Commands };
let dealt: readonly Move[] = [];

function make<K extends Move["do"]>(move: Extract<Move, { do: K }>) {
  return (commands[move.do] as Commands[K])(move);
}

async function play(move: Move): Promise<Answer> {
  try {
    if (move.after) await pause(move.after);
    return await make(move);
  } catch (error) {
    return { threw: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function reply(words: Reply): void {
  process.send?.(words);
}

process.on("message", async (order: Order) => {
  if (order !== "go") {
    dealt = order.deal;
    return reply("ready");
  }
  reply({ answers: await Promise.all(dealt.map(play)) });
});

process.on("disconnect", async () => {
  await stopSending();
  await closeDatabase();
});

// Every seat gets its connection before the first round, so that none of them waits for one while the others play.
await Promise.all(Array.from({ length: Number(seats) }, () => pool().query("SELECT pg_sleep(0.2)")));
reply("seated");
