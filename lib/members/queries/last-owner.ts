import { Prisma } from "@/lib/db/generated/client";

/**
 * Of a member `m`: is this an Owner without whom nobody could act as one (REQ-A4)? An Owner whose address is not confirmed
 * has Member's rights (REQ-D9) and does not count. By the rank, which has an index: an organization may hold a million.
 */
export const isLastOwner = Prisma.sql`(
  m.role = 'owner' AND m.status = 'active' AND NOT EXISTS (
    SELECT FROM member other WHERE other.organization_id = m.organization_id AND other.role_rank = 1
      AND other.status = 'active' AND other.address_confirmed AND other.id <> m.id))`;
