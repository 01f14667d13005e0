import { db } from "@/lib/db/client";

/**
 * Inserts made-up requests into an organization, for lists and query plans. Nine of ten are open, and one of ten of these
 * is stale; the others are approved or dismissed.
 */
export async function seedRequests(organizationId: string, count: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO invitation_request (id, organization_id, email, name, message, status, stale, key_id, digest, created_at,
                                    confirmed_at, settled_at)
    SELECT gen_random_uuid(), ${organizationId}::uuid, 'p' || n || '@' || (n % 97) || '.test', 'Person ' || n, 'Please', status,
           status = 'pending' AND n % 100 < 10, 1, sha256((${organizationId}::text || n)::bytea), at, at,
           CASE WHEN status <> 'pending' THEN at END
    FROM (SELECT n, CASE n % 20 WHEN 0 THEN 'approved' WHEN 1 THEN 'dismissed' ELSE 'pending' END AS status,
                 clock_timestamp() - make_interval(mins => n) AS at
          FROM generate_series(1, ${count}::int) n) AS numbered`;
}
