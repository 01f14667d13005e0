import { findRights } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { type Gift, type GivenPolicy, mayGive, type Rights } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

type Promised = {
  role: Role;
  /** Null: the installation itself, which needs no rights. */
  grantedBy: string | null;
  policies: (GivenPolicy & { id: string; grantedBy: string | null })[];
};

/** Whoever is no active member of the organization any more gives nothing but its defaults. */
const NOBODY: Rights = { role: "member", permissions: new Set() };

/**
 * What somebody was promised and its giver could no longer give is withheld as they join (REQ-A3): the role, which is
 * Member's then, and each policy, by the rights that its own giver has by now. The caller holds the organization and the
 * member. Answers what the timeline says: the role that was `withdrawn`, the ids of the policies `withheld`.
 */
export async function withdrawUngiven(
  tx: Tx,
  organizationId: string,
  memberId: string,
  defaultRole: Role,
): Promise<{ withdrawn?: Role; withheld?: string }> {
  const [promised] = await tx.$queryRaw<Promised[]>`
    SELECT m.role, m.granted_by AS "grantedBy",
           coalesce((SELECT jsonb_agg(jsonb_build_object(
                       'id', p.id, 'grantedBy', mp.granted_by, 'permissions', p.permissions, 'isDefault', p.is_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM member m WHERE m.id = ${memberId}::uuid`;
  if (!promised) return {};
  const { role, grantedBy, policies } = promised;
  const givers = new Map<string, Rights>();
  for (const id of new Set([grantedBy, ...policies.map((one) => one.grantedBy)]))
    if (id) givers.set(id, (await findRights(tx, organizationId, id)) ?? NOBODY);
  const couldGive = (giver: string | null, gift: Gift) =>
    giver === null || mayGive(givers.get(giver) ?? NOBODY, gift, defaultRole);

  const keepsRole = couldGive(grantedBy, { role, policies: [] });
  const withheld = policies.filter(
    (policy) => !couldGive(policy.grantedBy, { role: defaultRole, policies: [policy] }),
  );
  if (!keepsRole) await tx.$executeRaw`UPDATE member SET role = 'member' WHERE id = ${memberId}::uuid`;
  const ids = withheld.map(({ id }) => id);
  if (ids.length > 0)
    await tx.$executeRaw`
    DELETE FROM member_policy
    WHERE organization_id = ${organizationId}::uuid AND member_id = ${memberId}::uuid AND policy_id = ANY(${ids}::uuid[])`;
  return { ...(keepsRole ? {} : { withdrawn: role }), ...(ids.length > 0 ? { withheld: ids.join() } : {}) };
}
