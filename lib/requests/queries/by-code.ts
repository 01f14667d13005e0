import { digestOf, readSecret } from "@/lib/crypto/codes";
import { db } from "@/lib/db/client";
import { LAPSE_HOURS } from "@/lib/links/request-link";
import { countTry, inTime, waitFor } from "@/lib/rate-limits/rate-limits";
import { done, type Result, refused } from "@/lib/result/result";

/** A request as whoever opens its letter may see it. */
export type FoundRequest = {
  id: string;
  email: string;
  organization: { name: string; supportAddress: string | null };
  /** `off`: its organization takes no requests any more. */
  standing: "waits" | "confirmed" | "off";
};

/**
 * The request that a mailed link asks to confirm; changes nothing. Unknown and lapsed links get one answer and count as
 * failed codes of the client's address.
 */
export async function findByLink(
  ip: string,
  typed: string,
): Promise<Result<FoundRequest, "dead-link" | "too-many">> {
  const wait = await waitFor("failed-code", ip);
  if (wait) return refused("too-many", { wait: inTime(wait) });
  const secret = readSecret(typed);
  const [row] = secret ? await select(digestOf(secret)) : [];
  if (!row || row.standing === "lapsed") {
    await countTry("failed-code", ip);
    return refused("dead-link");
  }
  const { id, email, name, supportAddress, standing } = row;
  return done({ id, email, organization: { name, supportAddress }, standing });
}

type Row = {
  id: string;
  email: string;
  name: string;
  supportAddress: string | null;
  standing: FoundRequest["standing"] | "lapsed";
};

function select(digest: Buffer): Promise<Row[]> {
  return db().$queryRaw`
    SELECT r.id, r.email, o.name, o.support_address AS "supportAddress",
           CASE WHEN r.status NOT IN ('received', 'unconfirmed') THEN 'confirmed'
                WHEN r.status = 'received'
                  OR r.created_at <= clock_timestamp() - make_interval(hours => ${LAPSE_HOURS}::int) THEN 'lapsed'
                WHEN NOT o.new_user_invitations THEN 'off' ELSE 'waits' END AS standing
    FROM invitation_request r JOIN organization o ON o.id = r.organization_id WHERE r.digest = ${digest}`;
}
