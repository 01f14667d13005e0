import { parseCode, sha256 } from "@/lib/crypto/codes";
import { db } from "@/lib/db/client";
import { REQUEST_CONFIRMATION_HOURS } from "@/lib/links/request-link";
import { consumeRateLimit, retryAfter } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** What the recipient of the confirmation email may see of their request. */
export type LinkedRequest = {
  id: string;
  email: string;
  organization: { name: string; supportAddress: string | null };
  /** `off`: the organization no longer accepts requests. */
  state: "unconfirmed" | "confirmed" | "off";
};

/**
 * Returns the request that an emailed link belongs to, without changing anything. Unknown and expired links
 * get the same refusal and count as failed codes of the client's IP address.
 */
export async function findRequestByLink(
  ip: string,
  typed: string,
): Promise<Result<LinkedRequest, "invalid-link" | "too-many">> {
  const wait = await retryAfter("failed-code", ip);
  if (wait) return refused("too-many", { wait: { seconds: wait } });
  const secret = parseCode(typed);
  const [row] = secret ? await selectByDigest(sha256(secret)) : [];
  if (!row || row.state === "expired") {
    await consumeRateLimit("failed-code", ip);
    return refused("invalid-link");
  }
  const { id, email, name, supportAddress, state } = row;
  return done({ id, email, organization: { name, supportAddress }, state });
}

type Row = {
  id: string;
  email: string;
  name: string;
  supportAddress: string | null;
  state: LinkedRequest["state"] | "expired";
};

function selectByDigest(digest: Buffer): Promise<Row[]> {
  return db().$queryRaw`
    SELECT r.id, r.email, o.name, o.support_address AS "supportAddress",
           CASE WHEN r.status NOT IN ('received', 'unconfirmed') THEN 'confirmed'
                WHEN r.status = 'received'
                  OR r.created_at <= clock_timestamp() - make_interval(hours => ${REQUEST_CONFIRMATION_HOURS}::int)
                  THEN 'expired'
                WHEN NOT o.new_user_invitations THEN 'off' ELSE 'unconfirmed' END AS state
    FROM invitation_request r JOIN organization o ON o.id = r.organization_id WHERE r.digest = ${digest}`;
}
