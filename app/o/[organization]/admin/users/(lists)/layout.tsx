import { InviteDialog } from "@/components/invitations/invite-dialog";
import { UploadButton } from "@/components/invitations/upload-button";
import { FollowChanges } from "@/components/members/follow-changes";
import { UsersTabs } from "@/components/members/users-tabs";
import { PageHead } from "@/components/shell/page-head";
import { memberAt } from "@/lib/auth/gate";
import { findInviteOptions } from "@/lib/invitations/queries/options";
import { countOpenInvitations } from "@/lib/invitations/queries/tallies";
import { countUsers } from "@/lib/members/queries/tallies";
import { countOpenRequests } from "@/lib/requests/queries/tallies";

/** Heading, Upload Invitation List, New Invitation and the tabs over Users, Invitations and Invitation requests (R B1). */
export default async function ListsLayout({
  params,
  children,
}: LayoutProps<"/o/[organization]/admin/users">) {
  const { organization } = await params;
  const actor = await memberAt(organization);
  const may = (permission: "users:read" | "invitations:read" | "requests:read") =>
    actor.permissions.has(permission);
  const [options, users, invitations, requests] = await Promise.all([
    findInviteOptions(actor),
    may("users:read") ? countUsers(actor) : undefined,
    may("invitations:read") ? countOpenInvitations(actor) : undefined,
    may("requests:read") ? countOpenRequests(actor) : undefined,
  ]);
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
      <UsersTabs
        organization={actor.organization.slug}
        users={users}
        invitations={invitations}
        requests={requests}
      />
      {children}
      <FollowChanges organization={actor.organization.slug} />
    </>
  );
}
