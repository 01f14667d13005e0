import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { UserProfile } from "@/components/members/user-profile";
import { findProfile } from "@/lib/admin/queries/profile";
import { actorAt } from "@/lib/auth/gate";
import { INVITATION_MOVES } from "@/lib/permissions/permissions";
import { heldOf } from "@/lib/permissions/rights";

export const metadata: Metadata = { title: "User profile" };

/** One user: what they hold and where it comes from, what happened, and what can be done about them (REQ-F2). */
export default async function ProfilePage({ params }: PageProps<"/o/[organization]/admin/users/[member]">) {
  const { organization, member } = await params;
  const actor = await actorAt(organization, "/users/[member]");
  const profile = z.uuid().safeParse(member).success ? await findProfile(actor, member) : null;
  if (!profile) notFound();
  return (
    <UserProfile
      key={profile.user.id}
      organization={actor.organization}
      page={profile}
      may={heldOf(actor, INVITATION_MOVES)}
      mayVouch={actor.role === "owner"}
    />
  );
}
