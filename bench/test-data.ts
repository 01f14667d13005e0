import { randomBytes } from "node:crypto";

/** Addresses that nobody has invited. Not of .example, which no transport mails. */
export function strangers(count: number): string[] {
  return Array.from({ length: count }, () => `p-${randomBytes(6).toString("hex")}@bench.test`);
}

/** What was claimed to be done is there, and once: a fast answer that did nothing would be no figure. */
export function mustBe(expected: number, counted: Record<string, number>): void {
  for (const [what, count] of Object.entries(counted))
    if (count !== expected) throw new Error(`${what}: ${count} instead of ${expected}`);
}
