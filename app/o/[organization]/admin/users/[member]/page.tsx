import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ClientMessages } from "@/components/i18n/client-messages";
import { UserProfile } from "@/components/members/user-profile";
import { findProfile } from "@/lib/admin/queries/profile";
import { requirePermission } from "@/lib/auth/guards";
import { INVITATION_PERMISSIONS } from "@/lib/permissions/permissions";
import { pickPermissions } from "@/lib/permissions/rights";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.users.profileTitle") };
}

/** The profile of one user: access, permissions, timeline and actions (REQ-F2). */
export default async function ProfilePage({ params }: PageProps<"/o/[organization]/admin/users/[member]">) {
  const { organization, member } = await params;
  const actor = await requirePermission(organization, "/users/[member]");
  const profile = z.uuid().safeParse(member).success ? await findProfile(actor, member) : null;
  if (!profile) notFound();
  return (
    <ClientMessages
      namespaces={[
        "admin.users",
        "admin.invitations",
        "admin.permissions",
        "admin.activity",
        "admin.delivery",
        "home",
      ]}
    >
      <UserProfile
        key={profile.user.id}
        organization={actor.organization}
        page={profile}
        invitationPermissions={pickPermissions(actor, INVITATION_PERMISSIONS)}
        mayVouch={actor.role === "owner"}
      />
    </ClientMessages>
  );
}
