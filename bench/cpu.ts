import { readdirSync, readFileSync } from "node:fs";

/** Nanoseconds of CPU time that each process has used so far, by process id. */
export type CpuTimes = ReadonlyMap<number, number>;

/** Reads the CPU time of these processes and all their threads from `/proc` (Linux). */
export function readCpuTimes(pids: Iterable<number>): CpuTimes {
  return new Map([...pids].map((pid) => [pid, readNanoseconds(pid)]));
}

/** Returns the CPU time in nanoseconds between two readings; a process that has ended counts up to its last reading. */
export function cpuTimeBetween(before: CpuTimes, after: CpuTimes): number {
  let used = 0;
  for (const [pid, nanoseconds] of after) used += Math.max(0, nanoseconds - (before.get(pid) ?? 0));
  return used;
}

/** Returns the ids of a process and all its descendants. */
export function findProcessTree(pid: number): number[] {
  const found = [pid];
  const parents = readParents();
  for (const id of found) for (const [child, parent] of parents) if (parent === id) found.push(child);
  return found;
}

/** Returns the parent of a process; for a PostgreSQL backend, the postmaster. */
export function findParent(pid: number): number {
  const parent = readParents().get(pid);
  if (parent === undefined) throw new Error(`process ${pid} does not exist`);
  return parent;
}

/** Returns the resident memory of a process in MiB. */
export function readMemory(pid: number): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}

function readNanoseconds(pid: number): number {
  let sum = 0;
  try {
    for (const task of readdirSync(`/proc/${pid}/task`))
      sum += Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, "utf8").split(" ")[0]);
  } catch {
    // The process has just ended.
  }
  return sum;
}

function readParents(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      // A program's name may contain brackets and spaces: the fields start after the last bracket.
      const [, rest = ""] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${name}/stat`, "utf8")) ?? [];
      parents.set(Number(name), Number(rest.split(" ")[1]));
    } catch {
      // The process has just ended.
    }
  }
  return parents;
}
