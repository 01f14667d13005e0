import type { Metadata } from "next";
import { EraseOrganization } from "@/components/settings/erase-organization";
import { MailingPanel } from "@/components/settings/mailing-panel";
import { SettingsForm } from "@/components/settings/settings-form";
import { PageHead } from "@/components/shell/page-head";
import { actorAt } from "@/lib/auth/gate";
import { ERASE_ORGANIZATION_MESSAGES } from "@/lib/organizations/messages";
import { messageFor, refused } from "@/lib/result/result";
import { findMailing, findSettings } from "@/lib/settings/queries";

export const metadata: Metadata = { title: "Settings" };

/** The organization's settings (REQ-G1) and how its letters leave (REQ-G3); erasing it is for Owners (REQ-G4). */
export default async function Settings({ params }: PageProps<"/o/[organization]/admin/settings">) {
  const { organization } = await params;
  const actor = await actorAt(organization, "/settings");
  const [settings, mailing] = await Promise.all([findSettings(actor), findMailing(actor)]);
  return (
    <div className="settings-page">
      <PageHead title="Settings" />
      <SettingsForm organization={actor.organization.slug} settings={settings} />
      <MailingPanel organization={actor.organization.slug} mailing={mailing} email={actor.email} />
      <EraseOrganization
        organization={actor.organization}
        disabledReason={
          actor.role === "owner" ? undefined : messageFor(ERASE_ORGANIZATION_MESSAGES, refused("owners-only"))
        }
      />
    </div>
  );
}
