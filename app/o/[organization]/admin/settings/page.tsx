import type { Metadata } from "next";
import styles from "@/app/o/[organization]/admin/settings/settings.module.css";
import { EmailPanel } from "@/components/settings/email-panel";
import { EraseOrganization } from "@/components/settings/erase-organization";
import { SettingsForm } from "@/components/settings/settings-form";
import { PageHeader } from "@/components/shell/page-header";
import { requirePermission } from "@/lib/auth/guards";
import { ERASE_ORGANIZATION_MESSAGES } from "@/lib/organizations/messages";
import { messageFor, refused } from "@/lib/result/result";
import { findEmailStatus, findSettings } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Settings" };

/**
 * The organization's settings (REQ-G1), how its emails are sent (REQ-G3), and, for Owners, erasing it
 * (REQ-G4).
 */
export default async function Settings({ params }: PageProps<"/o/[organization]/admin/settings">) {
  const { organization } = await params;
  const actor = await requirePermission(organization, "/settings");
  const [settings, emailStatus] = await Promise.all([findSettings(actor), findEmailStatus(actor)]);
  return (
    <div className={styles.page}>
      <PageHeader title="Settings" />
      <SettingsForm organization={actor.organization.slug} settings={settings} />
      <EmailPanel organization={actor.organization.slug} status={emailStatus} email={actor.email} />
      <EraseOrganization
        organization={actor.organization}
        disabledReason={
          actor.role === "owner" ? undefined : messageFor(ERASE_ORGANIZATION_MESSAGES, refused("owners-only"))
        }
      />
    </div>
  );
}
