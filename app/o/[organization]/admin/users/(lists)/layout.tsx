import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { InviteDialog } from "@/components/invitations/invite-dialog";
import { UploadButton } from "@/components/invitations/upload-button";
import { LiveUpdates } from "@/components/members/live-updates";
import { NewRowsButton } from "@/components/members/new-rows-button";
import { UsersTabs } from "@/components/members/users-tabs";
import styles from "@/components/members/users-tabs.module.css";
import { PageHeader } from "@/components/shell/page-header";
import { OfflineGuard } from "@/components/table/offline-guard";
import { findInviteOptions } from "@/lib/admin/queries/invite-options";
import { countTabs } from "@/lib/admin/queries/tab-counts";
import { requireMember } from "@/lib/auth/guards";

/** The heading, buttons and tabs above Users, Invitations and Invitation requests (REQ-B1). */
export default async function ListsLayout({
  params,
  children,
}: LayoutProps<"/o/[organization]/admin/users">) {
  const { organization } = await params;
  const actor = await requireMember(organization);
  const [options, counts] = await Promise.all([findInviteOptions(actor), countTabs(actor)]);
  const t = await getTranslations();
  return (
    <ClientMessages
      namespaces={[
        "admin.users",
        "admin.invitations",
        "admin.table",
        "admin.permissions",
        "admin.activity",
        "admin.delivery",
      ]}
    >
      <PageHeader title={t("admin.users.title")}>
        {options ? (
          <>
            <UploadButton organization={actor.organization} options={options} />
            <InviteDialog organization={actor.organization} options={options} />
          </>
        ) : null}
      </PageHeader>
      <OfflineGuard>
        <div className={styles.bar}>
          <UsersTabs organization={actor.organization.slug} counts={counts} />
          <NewRowsButton />
        </div>
        {children}
      </OfflineGuard>
      <LiveUpdates organization={actor.organization.slug} />
    </ClientMessages>
  );
}
