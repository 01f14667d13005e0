import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import styles from "@/app/o/[organization]/admin/settings/settings.module.css";
import { ClientMessages } from "@/components/i18n/client-messages";
import { EmailPanel } from "@/components/settings/email-panel";
import { EraseOrganization } from "@/components/settings/erase-organization";
import { SettingsForm } from "@/components/settings/settings-form";
import { PageHeader } from "@/components/shell/page-header";
import { requirePermission } from "@/lib/auth/guards";
import { ERASE_ORGANIZATION_MESSAGES } from "@/lib/organizations/messages";
import { findEmailStatus, findSettings } from "@/lib/settings/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("admin.settings.title") };
}

/**
 * The organization's settings (REQ-G1), how its emails are sent (REQ-G3), and, for Owners, erasing it
 * (REQ-G4).
 */
export default async function Settings({ params }: PageProps<"/o/[organization]/admin/settings">) {
  const t = await getTranslations();
  const { organization } = await params;
  const actor = await requirePermission(organization, "/settings");
  const [settings, emailStatus] = await Promise.all([findSettings(actor), findEmailStatus(actor)]);
  return (
    <div className={styles.page}>
      <PageHeader title={t("admin.settings.title")} />
      <ClientMessages namespaces={["admin.settings", "admin.permissions", "admin.delivery"]}>
        <SettingsForm organization={actor.organization.slug} settings={settings} />
        <EmailPanel organization={actor.organization.slug} status={emailStatus} email={actor.email} />
        <EraseOrganization
          organization={actor.organization}
          disabledReason={actor.role === "owner" ? undefined : t(ERASE_ORGANIZATION_MESSAGES["owners-only"])}
        />
      </ClientMessages>
    </div>
  );
}
