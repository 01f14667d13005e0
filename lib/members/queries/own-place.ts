import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { isLastOwner } from "@/lib/members/queries/last-owner";
import type { Role } from "@/lib/permissions/roles";

/** The actor's own place, for the page that says what they may do and who can give more (REQ-D3). */
export type OwnPlace = {
  role: Role;
  policies: string[];
  /** Whose role is above theirs: the first five. */
  helpers: string[];
  confirmed: boolean;
  /** They cannot leave (REQ-A4). */
  isLastOwner: boolean;
};

export async function findOwnPlace(actor: Actor): Promise<OwnPlace> {
  const [row] = await db().$queryRaw<OwnPlace[]>`
    SELECT m.role, m.address_confirmed AS confirmed, ${isLastOwner} AS "isLastOwner",
      ARRAY(SELECT p.name FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
            WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id ORDER BY p.name) AS policies,
      ARRAY(SELECT h.name FROM member h WHERE h.organization_id = m.organization_id AND h.status = 'active'
              AND h.role_rank < m.role_rank AND h.address_confirmed
            ORDER BY h.role_rank, h.sort_name LIMIT 5) AS helpers
    FROM member m WHERE m.organization_id = ${actor.organization.id}::uuid AND m.id = ${actor.memberId}::uuid`;
  if (!row) throw new Error("an actor without a place");
  return row;
}
