import type { Metadata } from "next";
import { EraseOrganization } from "@/components/settings/erase-organization";
import { PageHead } from "@/components/shell/page-head";
import { actorAt } from "@/lib/auth/gate";
import { inWords, refused } from "@/lib/kit/outcome";
import { ERASE_ORGANIZATION_WORDS } from "@/lib/organizations/messages";

export const metadata: Metadata = { title: "Settings" };

/** The organization's settings. What can be set is still to come; erasing is for Owners (R G4). */
export default async function Settings({ params }: PageProps<"/o/[organization]/admin/settings">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/settings");
  return (
    <>
      <PageHead title="Settings" />
      <EraseOrganization
        organization={actor.organization}
        disabledReason={
          actor.role === "owner" ? undefined : inWords(ERASE_ORGANIZATION_WORDS, refused("owners-only"))
        }
      />
    </>
  );
}
