import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { DEFAULT_LOCALE, isLocale, type Locale } from "@/lib/i18n/locales";
import { hasProvider } from "@/lib/organizations/queries";
import { assignableRoles, canGrant } from "@/lib/permissions/rights";
import type { Role } from "@/lib/permissions/roles";

/** The choices of the invite form. */
export type InviteOptions = {
  roles: Role[];
  defaultRole: Role;
  /** The organization's default language. */
  language: Locale;
  policies: { id: string; name: string; isDefault: boolean; isGrantable: boolean }[];
  /** False: emails stay in the mailbox, and links must be copied and shared by hand. */
  hasProvider: boolean;
};

/**
 * Returns the roles and policies for the actor's ceiling (REQ-A3), with the organization's defaults; null if
 * the actor does not have `permission`.
 */
export async function findInviteOptions(
  actor: Actor,
  permission: "invitations:create" | "requests:approve" = "invitations:create",
): Promise<InviteOptions | null> {
  if (!actor.permissions.has(permission)) return null;
  const organization = await db().organization.findUniqueOrThrow({
    where: { id: actor.organization.id },
    select: {
      defaultRole: true,
      language: true,
      policies: {
        select: { id: true, name: true, permissions: true, isDefault: true },
        orderBy: { name: "asc" },
      },
    },
  });
  const defaultRole = organization.defaultRole as Role;
  return {
    roles: assignableRoles(actor, defaultRole),
    defaultRole,
    language: isLocale(organization.language) ? organization.language : DEFAULT_LOCALE,
    policies: organization.policies.map(({ permissions, ...policy }) => ({
      ...policy,
      isGrantable: canGrant(
        actor,
        { role: defaultRole, policies: [{ permissions, isDefault: policy.isDefault }] },
        defaultRole,
      ),
    })),
    hasProvider: hasProvider(),
  };
}
