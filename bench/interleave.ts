import { type Cpu, cpuOf, usedBetween, withDescendants } from "./cpu";
import { quantile } from "./statistics";

/** What one target does in one round. */
export type Block = {
  name: string;
  /** The process of its application; absent for bare SQL. */
  pid?: number;
  /** Makes ready what is not measured. */
  prepare?: (round: number) => Promise<void>;
  /** Does the work and hands each operation to `time`. A failed one throws: nothing slow or wrong is left out. */
  work: (round: number, time: Timer) => Promise<void>;
  /** Waits until nothing of it runs on in the background. */
  settle?: () => Promise<void>;
};

export type Timer = <T>(operation: () => Promise<T>) => Promise<T>;

/** One round of one target: milliseconds of each operation, and processor milliseconds per operation. */
export type Round = {
  times: number[];
  /** The middle one of them. */
  middle: number;
  app: number;
  /** With what the application did for these operations after it had answered. */
  appSettled: number;
  postgres: number;
};

/**
 * Plays every block once a round, one after the other, each round beginning with another one; the first round warms up and
 * is not counted. Answers the rounds of each block by its name.
 */
export async function interleave(
  rounds: number,
  postmaster: number,
  blocks: readonly Block[],
): Promise<Map<string, Round[]>> {
  const played = new Map<string, Round[]>(blocks.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const first = round % blocks.length;
    for (const block of [...blocks.slice(first), ...blocks.slice(0, first)]) {
      const result = await play(block, round, postmaster);
      if (round > 0) played.get(block.name)?.push(result);
    }
  }
  return played;
}

async function play(block: Block, round: number, postmaster: number): Promise<Round> {
  await block.prepare?.(round);
  await block.settle?.();
  const times: number[] = [];
  const before = reading(block.pid, postmaster);
  await block.work(round, async (operation) => {
    const began = performance.now();
    const answer = await operation();
    times.push(performance.now() - began);
    return answer;
  });
  const answered = reading(block.pid, postmaster);
  await block.settle?.();
  const settled = reading(block.pid, postmaster);
  const each = (from: Cpu, to: Cpu) => usedBetween(from, to) / 1e6 / times.length;
  return {
    times,
    middle: quantile(times, 0.5),
    app: each(before.app, answered.app),
    appSettled: each(before.app, settled.app),
    postgres: each(before.postgres, answered.postgres),
  };
}

function reading(pid: number | undefined, postmaster: number) {
  const database = withDescendants(postmaster);
  // PostgreSQL may have been started by the application itself.
  const app = pid === undefined ? [] : withDescendants(pid).filter((one) => !database.includes(one));
  return { app: cpuOf(app), postgres: cpuOf(database) };
}

/** The rounds of one block. */
export function of(played: ReadonlyMap<string, Round[]>, name: string): Round[] {
  return played.get(name) ?? [];
}

/** The middle operation of each round, in milliseconds. */
export function middles(rounds: readonly Round[]): number[] {
  return rounds.map(({ middle }) => middle);
}

export function field(rounds: readonly Round[], name: "app" | "appSettled" | "postgres"): number[] {
  return rounds.map((round) => round[name]);
}
