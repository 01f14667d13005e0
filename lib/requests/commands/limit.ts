import { digestOf } from "@/lib/crypto/codes";
import { countTry } from "@/lib/rate-limits/rate-limits";

/**
 * Counts that an address asks, whoever posts it: once a day each organization, and each expired invitation by itself, so that
 * nobody uses up the try of whoever holds its code. Answers null, or in how many seconds to come back. The counter holds a
 * digest, so that it names nobody and erasing need not look for it.
 */
export function countAsking(where: string, email: string): Promise<number | null> {
  return countTry("request-email", digestOf(`${where}\n${email}`).toString("hex"));
}
