import { findRights } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { canGrant, type GrantablePolicy, type Rights, type RoleAssignment } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

type GrantedAccess = {
  role: Role;
  /** The id of the member who granted the role; null for the installation itself, which needs no rights. */
  grantedBy: string | null;
  policies: (GrantablePolicy & { id: string; grantedBy: string | null })[];
};

/** The rights of a grantor who is no longer an active member: they can grant only the defaults. */
const NO_RIGHTS: Rights = { role: "member", permissions: new Set() };

/**
 * Drops grants whose grantor no longer has the rights to make them, when a member joins (REQ-A3): the role
 * falls back to Member, and each policy is checked against the current rights of its own grantor. The caller
 * has locked the organization and the member. Returns the data for the activity: the role `withdrawn`, and
 * the ids of the policies `withheld`, separated by commas.
 */
export async function revokeUnbackedGrants(
  tx: Tx,
  organizationId: string,
  memberId: string,
  defaultRole: Role,
): Promise<{ withdrawn?: Role; withheld?: string }> {
  const [granted] = await tx.$queryRaw<GrantedAccess[]>`
    SELECT m.role, m.granted_by AS "grantedBy",
           coalesce((SELECT jsonb_agg(jsonb_build_object(
                       'id', p.id, 'grantedBy', mp.granted_by, 'permissions', p.permissions, 'isDefault', p.is_default))
                     FROM member_policy mp JOIN policy p ON p.id = mp.policy_id
                     WHERE mp.organization_id = m.organization_id AND mp.member_id = m.id), '[]') AS policies
    FROM member m WHERE m.id = ${memberId}::uuid`;
  if (!granted) return {};
  const { role, grantedBy, policies } = granted;
  const grantors = new Map<string, Rights>();
  for (const id of new Set([grantedBy, ...policies.map((policy) => policy.grantedBy)]))
    if (id) grantors.set(id, (await findRights(tx, organizationId, id)) ?? NO_RIGHTS);
  const isBacked = (grantor: string | null, assignment: RoleAssignment) =>
    grantor === null || canGrant(grantors.get(grantor) ?? NO_RIGHTS, assignment, defaultRole);

  const keepsRole = isBacked(grantedBy, { role, policies: [] });
  const withheld = policies.filter(
    (policy) => !isBacked(policy.grantedBy, { role: defaultRole, policies: [policy] }),
  );
  if (!keepsRole) await tx.member.updateMany({ where: { id: memberId }, data: { role: "member" } });
  const ids = withheld.map(({ id }) => id);
  if (ids.length > 0)
    await tx.memberPolicy.deleteMany({ where: { organizationId, memberId, policyId: { in: ids } } });
  return { ...(keepsRole ? {} : { withdrawn: role }), ...(ids.length > 0 ? { withheld: ids.join() } : {}) };
}
