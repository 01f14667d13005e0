import type { Tx } from "@/lib/db/client";

/**
 * Notes in the log that somebody asks for an invitation: in the timeline of who was here before, and by the id of the
 * request alone where nobody was.
 */
export async function noteAsked(
  tx: Tx,
  request: { id: string; organizationId: string; email: string },
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO activity (organization_id, member_id, actor_id, type, at, data)
    SELECT o.id, m.id, m.id, 'requested', clock_timestamp(), jsonb_build_object('request', ${request.id}::text)
    FROM organization o LEFT JOIN member m ON m.organization_id = o.id AND m.email = ${request.email}
    WHERE o.id = ${request.organizationId}::uuid`;
}
