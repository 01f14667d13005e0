import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Answer, Move } from "./moves";
import type { Order, Reply } from "./player";

/** Processes of players, each with a pool of its own, as several machines would serve one database. */
export type Players = {
  /** Plays moves at the same moment, dealt over the processes in turn; answers them in the same order. */
  play(moves: readonly Move[]): Promise<Answer[]>;
  stop(): Promise<void>;
};

const PROCESSES = 4;

/** Connections of each process: below the pool's most (`lib/db/client.ts`), and all together below the server's hundred. */
const SEATS = 18;

/**
 * Starts the processes and waits until each holds its connections. `source`: the file beside this one that makes the
 * moves. The database is the one of this process's settings.
 */
export async function seatPlayers(source: "commands" | "careless"): Promise<Players> {
  const children = Array.from({ length: PROCESSES }, () => start(source));
  await Promise.all(children.map((child) => expect(child, (reply) => reply === "seated")));
  return {
    async play(moves) {
      const hands = children.map((_, index) => moves.filter((_, turn) => turn % PROCESSES === index));
      if (hands.some((hand) => hand.length > SEATS)) throw new Error("more players than connections");
      // The barrier: nobody begins before everybody holds their move.
      await Promise.all(
        children.map((child, index) =>
          ask(child, { deal: hands[index] ?? [] }, (reply) => reply === "ready"),
        ),
      );
      const replies = await Promise.all(
        children.map((child) => ask(child, "go", (reply) => typeof reply === "object")),
      );
      return moves.map((_, turn) => {
        const reply = replies[turn % PROCESSES];
        const answer = typeof reply === "object" ? reply.answers[Math.floor(turn / PROCESSES)] : undefined;
        if (!answer) throw new Error("a player gave no answer");
        return answer;
      });
    },
    async stop() {
      await Promise.all(children.map(stop));
    },
  };
}

function start(source: string): ChildProcess {
  const file = (name: string) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  return fork(file("player"), [file(source), String(SEATS)], {
    execArgv: ["--import", "tsx"],
    // Actors and sessions hold Sets and Dates.
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
}

function ask(child: ChildProcess, order: Order, isIt: (reply: Reply) => boolean): Promise<Reply> {
  const answer = expect(child, isIt);
  child.send(order);
  return answer;
}

/** The next reply, which must be the expected one. */
async function expect(child: ChildProcess, isIt: (reply: Reply) => boolean): Promise<Reply> {
  const over = new AbortController();
  const gone = once(child, "exit", { signal: over.signal }).then(([code]) => {
    throw new Error(`a process of players ended with ${code}`);
  });
  try {
    const [reply] = await Promise.race([once(child, "message", { signal: over.signal }), gone]);
    if (!isIt(reply)) throw new Error(`an unexpected reply: ${JSON.stringify(reply)}`);
    return reply;
  } finally {
    gone.catch(() => {});
    over.abort();
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.disconnect();
  await exit;
}
