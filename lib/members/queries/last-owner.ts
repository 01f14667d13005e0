import { Prisma } from "@/lib/db/generated/client";

/**
 * SQL condition: the member `m` is the only one who can act as an Owner (REQ-A4). An Owner whose address is
 * not confirmed has the rights of a Member (REQ-D9) and does not count. Looks for other Owners by
 * `role_rank`, which has an index: an organization can have a million members.
 */
export const isLastOwner = Prisma.sql`(
  m.role = 'owner' AND m.status = 'active' AND NOT EXISTS (
    SELECT FROM member other WHERE other.organization_id = m.organization_id AND other.role_rank = 1
      AND other.status = 'active' AND other.address_confirmed AND other.id <> m.id))`;
