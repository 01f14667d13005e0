import { randomBytes } from "node:crypto";

/** Returns addresses that were never invited. They are not in .example, to which no transport delivers. */
export function newAddresses(count: number): string[] {
  return Array.from({ length: count }, () => `p-${randomBytes(6).toString("hex")}@bench.test`);
}

/** Throws unless every count is as expected: a fast response that did nothing must not count. */
export function assertCounts(expected: number, counted: Record<string, number>): void {
  for (const [name, count] of Object.entries(counted))
    if (count !== expected) throw new Error(`${name}: ${count} instead of ${expected}`);
}
