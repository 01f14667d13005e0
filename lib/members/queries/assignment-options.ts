import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { assignableRoles, canGrant } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** The roles that the actor can assign, and all access policies by name. */
export type AssignmentOptions = {
  roles: Role[];
  policies: { id: string; name: string; isGrantable: boolean }[];
};

/** Returns the roles and policies of the organization for the actor's ceiling (REQ-A3). */
export async function findAssignmentOptions(actor: Actor): Promise<AssignmentOptions> {
  const { defaultRole, policies } = await db().organization.findUniqueOrThrow({
    where: { id: actor.organization.id },
    select: {
      defaultRole: true,
      policies: {
        select: { id: true, name: true, permissions: true, isDefault: true },
        orderBy: { name: "asc" },
      },
    },
  });
  return {
    roles: assignableRoles(actor, defaultRole as Role),
    policies: policies.map(({ id, name, ...policy }) => ({
      id,
      name,
      isGrantable: canGrant(actor, { role: "member", policies: [policy] }, "member"),
    })),
  };
}
