import { randomBytes } from "node:crypto";

/** Returns addresses that were never invited. Not of .example, which no transport delivers to. */
export function newAddresses(count: number): string[] {
  return Array.from({ length: count }, () => `p-${randomBytes(6).toString("hex")}@bench.test`);
}

/** Throws unless every count is as expected: a fast response that did nothing must not count. */
export function assertCounts(expected: number, counted: Record<string, number>): void {
  for (const [what, count] of Object.entries(counted))
    if (count !== expected) throw new Error(`${what}: ${count} instead of ${expected}`);
}
