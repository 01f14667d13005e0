import { InviteDialog } from "@/components/invitations/invite-dialog";
import { UploadButton } from "@/components/invitations/upload-button";
import { Arrived } from "@/components/members/arrived";
import { FollowChanges } from "@/components/members/follow-changes";
import { UsersTabs } from "@/components/members/users-tabs";
import { PageHead } from "@/components/shell/page-head";
import { KeptList } from "@/components/table/kept-list";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import { memberAt } from "@/lib/auth/gate";

/** Heading, Upload Invitation List, New Invitation and the tabs over Users, Invitations and Invitation requests (REQ-B1). */
export default async function ListsLayout({
  params,
  children,
}: LayoutProps<"/o/[organization]/admin/users">) {
  const { organization } = await params;
  const actor = await memberAt(organization);
  const [options, counts] = await Promise.all([findInviteOptions(actor), countTabs(actor)]);
  return (
    <>
      <PageHead title="Users">
        {options ? (
          <>
            <UploadButton organization={actor.organization} options={options} />
            <InviteDialog organization={actor.organization} options={options} />
          </>
        ) : null}
      </PageHead>
      <KeptList>
        <div className="tabs-line">
          <UsersTabs organization={actor.organization.slug} counts={counts} />
          <Arrived />
        </div>
        {children}
      </KeptList>
      <FollowChanges organization={actor.organization.slug} />
    </>
  );
}
