import type { Tx } from "@/lib/db/client";

/**
 * Logs that an invitation was requested: in the timeline of the member with this address, or with the request
 * id alone if the address belongs to none.
 */
export async function logRequest(
  tx: Tx,
  request: { id: string; organizationId: string; email: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, actor_id, type, at, data)
    SELECT o.id, m.id, m.id, 'requested', clock_timestamp(), jsonb_build_object('request', ${request.id}::text)
    FROM organization o LEFT JOIN member m ON m.organization_id = o.id AND m.email = ${request.email}
    WHERE o.id = ${request.organizationId}::uuid`;
}
