import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";

/** A change may be committed this much after the moment that it carries: as long as a transaction lasts, and more. */
const LATE = 20_000;

/** Whoever looked away for longer has missed something: that is cheaper to say than to count. */
const LONG_AGO = 10 * 60_000;

/** `token`: what to ask with the next time. */
export type Changes = { changed: boolean; token: string };

/**
 * Has anything changed in the lists of an organization since a token was given (decision 0032)? What happened to its people,
 * news of its letters, and terms that ended are each a few entries of an index. A token names a moment a little before it
 * was given and the sum of what was known to have happened since then, so that a transaction which commits late is noticed
 * too. Without a token: since a moment ago.
 */
export async function findChanges(actor: Actor, token: string | null): Promise<Changes> {
  const { id } = actor.organization;
  const [, since, known] = token?.match(/^(\d{13})-(\d+)$/) ?? [];
  const [row] = await db().$queryRaw<{ seen: string; sum: string; next: string; isLongAgo: boolean }[]>`
    WITH clock AS (SELECT now.at, now.at - make_interval(secs => ${LATE / 1000}::float8) AS next
      FROM (SELECT date_trunc('milliseconds', statement_timestamp()) AS at) now),
    asked AS (SELECT coalesce(to_timestamp(${since ?? null}::float8 / 1000), next) AS since, next, at FROM clock),
    known AS (SELECT greatest(since, at - make_interval(secs => ${LONG_AGO / 1000}::float8)) AS since FROM asked),
    news AS (
      SELECT at FROM activity WHERE organization_id = ${id}::uuid AND at > (SELECT since FROM known)
      UNION ALL
      SELECT state_at FROM email_message WHERE organization_id = ${id}::uuid AND state_at > (SELECT since FROM known)
        AND (state <> 'queued' OR detail IS NOT NULL)
      UNION ALL
      SELECT expires_at FROM invitation WHERE organization_id = ${id}::uuid AND settled_as IS NULL
        AND expires_at > (SELECT since FROM known) AND expires_at <= statement_timestamp())
    SELECT coalesce(sum(round(extract(epoch FROM news.at) * 1000)), 0)::text AS seen,
           coalesce(sum(round(extract(epoch FROM news.at) * 1000)) FILTER (WHERE news.at > asked.next), 0)::text AS sum,
           round(extract(epoch FROM asked.next) * 1000)::text AS next, asked.since < known.since AS "isLongAgo"
    FROM asked CROSS JOIN known LEFT JOIN news ON true GROUP BY asked.next, asked.since, known.since`;
  if (!row) throw new Error("an aggregate without a row");
  return { changed: row.isLongAgo || row.seen !== (known ?? "0"), token: `${row.next}-${row.sum}` };
}
