import { readdirSync, readFileSync } from "node:fs";

/** Nanoseconds of processor time that each of some processes has used so far. */
export type Cpu = ReadonlyMap<number, number>;

/** Reads `/proc` (Linux): the processor time of these processes and all their threads. */
export function cpuOf(pids: Iterable<number>): Cpu {
  return new Map([...pids].map((pid) => [pid, nanosecondsOf(pid)]));
}

/** What was used between two readings; a process that ended in between counts as far as it was seen. */
export function usedBetween(before: Cpu, after: Cpu): number {
  let used = 0;
  for (const [pid, nanoseconds] of after) used += Math.max(0, nanoseconds - (before.get(pid) ?? 0));
  return used;
}

/** A process and those it has started, at any depth. */
export function withDescendants(pid: number): number[] {
  const found = [pid];
  const parents = parentsNow();
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child);
  return found;
}

/** The parent of a process: of a backend, PostgreSQL's postmaster. */
export function parentOf(pid: number): number {
  const parent = parentsNow().get(pid);
  if (parent === undefined) throw new Error(`process ${pid} is not there`);
  return parent;
}

/** Resident memory in MiB. */
export function memoryOf(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

function nanosecondsOf(pid: number): number {
  let sum = 0;
  try {
    for (const task of readdirSync(`/proc/${pid}/task`))
      sum += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  } catch {
    // It has just ended.
  }
  return sum;
}

function parentsNow(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // The name of a program may hold anything, also brackets and spaces: what counts begins after the last one.
      const [, rest = ""] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      parents.set(Number(name), Number(rest.split(" ")[1]));
    } catch {
      // It has just ended.
    }
  }
  return parents;
}
