import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import type { Role } from "@/lib/permissions/roles";

/**
 * The actor's own membership, for the page that says what they can do and who can give more access (REQ-D3).
 */
export type OwnMembership = {
  role: Role;
  policies: string[];
  /** Names of up to five active members with a higher role, highest first. */
  contacts: string[];
  confirmed: boolean;
  /** The last Owner cannot leave (REQ-A4). */
  isLastOwner: boolean;
};

/** Returns the actor's membership. */
export async function findOwnMembership(actor: Actor): Promise<OwnMembership> {
  const [row] = await db().$queryRaw<OwnMembership[]>`
    SELECT m.role, m.address_confirmed AS confirmed, ${isLastOwner} AS "isLastOwner",
      ARRAY(SELECT p.name FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
            WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id ORDER BY p.name) AS policies,
      ARRAY(SELECT c.name FROM member c WHERE c.organization_id = m.organization_id AND c.status = 'active'
              AND c.role_rank < m.role_rank AND c.address_confirmed
            ORDER BY c.role_rank, c.sort_name LIMIT 5) AS contacts
    FROM member m WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ${actor.memberId}::uuid`;
  if (!row) throw new Error("the actor is not a member");
  return row;
}
