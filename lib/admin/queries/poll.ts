import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/**
 * In milliseconds. A change can be committed this long after its timestamp; longer than any transaction
 * lasts.
 */
const COMMIT_LAG = 20_000;

/** In milliseconds. After a longer pause the result is always "changed", which is cheaper than counting. */
const MAX_LOOKBACK = 10 * 60_000;

/** `token`: for the next poll. */
export type PollResult = { changed: boolean; token: string };

/**
 * Returns whether anything in the organization's lists changed since the token was issued (decision 0032):
 * activity, delivery status of emails, and expired invitations, each a few index entries. A token contains a
 * time shortly before it was issued and a checksum of the changes known since then, so transactions that
 * commit late are detected too. Without a token, looks back `COMMIT_LAG`.
 */
export async function pollForChanges(actor: Actor, token: string | null): Promise<PollResult> {
  const { id } = actor.organization;
  const [, since, knownSum] = token?.match(/^(\d{13})-(\d+)$/) ?? [];
  const [row] = await db().$queryRaw<{ seen: string; sum: string; next: string; isTooOld: boolean }[]>`
    WITH clock AS (SELECT now.at, now.at - make_interval(secs => ${COMMIT_LAG / 1000}::float8) AS next
      FROM (SELECT date_trunc('milliseconds', statement_timestamp()) AS at) now),
    poll AS (SELECT coalesce(to_timestamp(${since ?? null}::float8 / 1000), next) AS since, next, at FROM clock),
    lookback AS (
      SELECT greatest(since, at - make_interval(secs => ${MAX_LOOKBACK / 1000}::float8)) AS since FROM poll),
    change AS (
      SELECT at FROM activity WHERE organization_id = ${id}::uuid AND at > (SELECT since FROM lookback)
      UNION ALL
      SELECT state_at FROM email_message WHERE organization_id = ${id}::uuid AND state_at > (SELECT since FROM lookback)
        AND (state <> 'queued' OR detail IS NOT NULL)
      UNION ALL
      SELECT expires_at FROM invitation WHERE organization_id = ${id}::uuid AND settled_as IS NULL
        AND expires_at > (SELECT since FROM lookback) AND expires_at <= statement_timestamp())
    SELECT coalesce(sum(round(extract(epoch FROM change.at) * 1000)), 0)::text AS seen,
           coalesce(sum(round(extract(epoch FROM change.at) * 1000)) FILTER (WHERE change.at > poll.next), 0)::text AS sum,
           round(extract(epoch FROM poll.next) * 1000)::text AS next, poll.since < lookback.since AS "isTooOld"
    FROM poll CROSS JOIN lookback LEFT JOIN change ON true GROUP BY poll.next, poll.since, lookback.since`;
  if (!row) throw new Error("the aggregate returned no row");
  return { changed: row.isTooOld || row.seen !== (knownSum ?? "0"), token: `${row.next}-${row.sum}` };
}
