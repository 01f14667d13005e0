import { type CpuTimes, cpuTimeBetween, findProcessTree, readCpuTimes } from "./cpu";
import { quantile } from "./statistics";

/** The work of one target in one round. */
export type WorkBlock = {
  name: string;
  /** The process id of its application; undefined for bare SQL. */
  pid?: number;
  /** Runs before the measurement. */
  prepare?: (round: number) => Promise<void>;
  /** Does the work and passes each operation to `time`. A failed operation throws, so that no result is left out. */
  work: (round: number, time: OperationTimer) => Promise<void>;
  /** Waits until the target has finished its background work. */
  waitUntilIdle?: () => Promise<void>;
};

export type OperationTimer = <T>(operation: () => Promise<T>) => Promise<T>;

/** One round of one target: milliseconds per operation, and milliseconds of CPU time per operation. */
export type MeasuredRound = {
  times: number[];
  /** The median of `times`. */
  median: number;
  app: number;
  /** `app` plus the application's background work for these operations. */
  appSettled: number;
  postgres: number;
};

/**
 * Runs every block once per round, one after the other; each round starts with another block, and the first round is a
 * warm-up. Returns the rounds of each block by its name.
 */
export async function runInterleaved(
  rounds: number,
  postmaster: number,
  blocks: readonly WorkBlock[],
): Promise<Map<string, MeasuredRound[]>> {
  const measured = new Map<string, MeasuredRound[]>(blocks.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    const first = round % blocks.length;
    for (const block of [...blocks.slice(first), ...blocks.slice(0, first)]) {
      const result = await measureRound(block, round, postmaster);
      if (round > 0) measured.get(block.name)?.push(result);
    }
  }
  return measured;
}

async function measureRound(block: WorkBlock, round: number, postmaster: number): Promise<MeasuredRound> {
  await block.prepare?.(round);
  await block.waitUntilIdle?.();
  const times: number[] = [];
  const before = readTimes(block.pid, postmaster);
  await block.work(round, async (operation) => {
    const startedAt = performance.now();
    const result = await operation();
    times.push(performance.now() - startedAt);
    return result;
  });
  const afterWork = readTimes(block.pid, postmaster);
  await block.waitUntilIdle?.();
  const afterSettling = readTimes(block.pid, postmaster);
  const perOperation = (from: CpuTimes, to: CpuTimes) => cpuTimeBetween(from, to) / 1e6 / times.length;
  return {
    times,
    median: quantile(times, 0.5),
    app: perOperation(before.app, afterWork.app),
    appSettled: perOperation(before.app, afterSettling.app),
    postgres: perOperation(before.postgres, afterWork.postgres),
  };
}

function readTimes(pid: number | undefined, postmaster: number) {
  const database = findProcessTree(postmaster);
  // PostgreSQL may be a child process of the application.
  const app = pid === undefined ? [] : findProcessTree(pid).filter((id) => !database.includes(id));
  return { app: readCpuTimes(app), postgres: readCpuTimes(database) };
}

/** Returns the rounds of one block. */
export function roundsOf(measured: ReadonlyMap<string, MeasuredRound[]>, name: string): MeasuredRound[] {
  return measured.get(name) ?? [];
}

/** Returns the median time of each round, in milliseconds. */
export function medianTimes(rounds: readonly MeasuredRound[]): number[] {
  return rounds.map(({ median }) => median);
}

/** Returns the CPU time per operation of each round, in milliseconds. */
export function cpuTimesOf(
  rounds: readonly MeasuredRound[],
  name: "app" | "appSettled" | "postgres",
): number[] {
  return rounds.map((round) => round[name]);
}
