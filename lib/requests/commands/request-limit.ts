import { sha256 } from "@/lib/crypto/codes";
import { consumeRateLimit } from "@/lib/rate-limits/rate-limits";

/**
 * Consumes the daily request of an address. `scope` is an organization id, or the id of an expired
 * invitation: requests from the login page thus cannot use up the request of the invitee who has the code.
 * Returns null, or the seconds until the next request is allowed. The key is a digest, so the counter
 * contains no personal data to erase.
 */
export function consumeRequestLimit(scope: string, email: string): Promise<number | null> {
  return consumeRateLimit("request-email", sha256(`${scope}\n${email}`).toString("hex"));
}
