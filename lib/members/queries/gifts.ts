import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { mayGive, rolesToGive } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** What the actor can give to people: roles, and access policies by name with whether they may. */
export type Gifts = { roles: Role[]; policies: { id: string; name: string; mayGive: boolean }[] };

/** Roles and policies under the actor's ceiling (REQ-A3). */
export async function findGifts(actor: Actor): Promise<Gifts> {
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
    roles: rolesToGive(actor, defaultRole as Role),
    policies: policies.map(({ id, name, ...policy }) => ({
      id,
      name,
      mayGive: mayGive(actor, { role: "member", policies: [policy] }, "member"),
    })),
  };
}
