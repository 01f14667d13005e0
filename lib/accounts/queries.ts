import type { LinkPurpose } from "@/lib/accounts/link-paths";
import type { LinkRefusal } from "@/lib/accounts/messages";
import { db } from "@/lib/db/client";
import { countTry, inTime, waitFor } from "@/lib/kit/limits";
import { done, type Outcome, refused } from "@/lib/kit/outcome";
import { digestOf, readSecret } from "@/lib/kit/secrets";

/** A living link and whose it is. */
export type Link = {
  id: string;
  accountId: string;
  email: string;
  name: string;
  confirmed: boolean;
  /** Whose login page asked for it. */
  slug: string | null;
};

/**
 * Finds a living link of an account by its secret; changes nothing. Unknown, used and ended ones get the same answer and
 * count as a failed code of the client's address.
 */
export async function findLink(
  ip: string,
  purpose: LinkPurpose,
  typed: string,
): Promise<Outcome<Link, LinkRefusal>> {
  const wait = await waitFor("failed-code", ip);
  if (wait) return refused("too-many", { wait: inTime(wait) });
  const secret = readSecret(typed);
  const [link] = secret
    ? await db().$queryRaw<Link[]>`
        SELECT l.id, a.id AS "accountId", a.email, a.name, a.verified_at IS NOT NULL AS confirmed, o.slug
        FROM account_link l JOIN account a ON a.id = l.account_id
        LEFT JOIN organization o ON o.id = l.organization_id
        WHERE l.digest = ${digestOf(secret)} AND l.purpose = ${purpose}
          -- Whatever was mailed to an address that the account has left opens nothing.
          AND (l.email = a.email OR l.purpose = 'change-address')
          AND l.used_at IS NULL AND l.expires_at > clock_timestamp()`
    : [];
  if (link) return done(link);
  await countTry("failed-code", ip);
  return refused("dead-link");
}
