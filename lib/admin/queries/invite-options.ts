import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { hasProvider } from "@/lib/organizations/queries";
import { mayGive, rolesToGive } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** What the actor can choose from when inviting; null when they may not invite. */
export type InviteOptions = {
  roles: Role[];
  defaultRole: Role;
  policies: { id: string; name: string; isDefault: boolean; mayGive: boolean }[];
  /** False: letters stay in the mailbox, and links are copied by hand. */
  hasProvider: boolean;
};

/** Roles and policies under the actor's ceiling (REQ-A3), with the organization's defaults, for whoever holds `permission`. */
export async function findInviteOptions(
  actor: Actor,
  permission: "invitations:create" | "requests:approve" = "invitations:create",
): Promise<InviteOptions | null> {
  if (!actor.permissions.has(permission)) return null;
  const organization = await db().organization.findUniqueOrThrow({
    where: { id: actor.organization.id },
    select: {
      defaultRole: true,
      policies: {
        select: { id: true, name: true, permissions: true, isDefault: true },
        orderBy: { name: "asc" },
      },
    },
  });
  const defaultRole = organization.defaultRole as Role;
  return {
    roles: rolesToGive(actor, defaultRole),
    defaultRole,
    policies: organization.policies.map(({ permissions, ...policy }) => ({
      ...policy,
      mayGive: mayGive(
        actor,
        { role: defaultRole, policies: [{ permissions, isDefault: policy.isDefault }] },
        defaultRole,
      ),
    })),
    hasProvider: hasProvider(),
  };
}
