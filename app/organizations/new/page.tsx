import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/i18n/client-messages";
import { CreateOrganizationForm } from "@/components/organizations/create-organization-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { requireOperator } from "@/lib/auth/guards";
import { env } from "@/lib/config/env";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("organizations.create.title") };
}

/** Creates another organization (REQ-F4). Responds with 404 to everyone but operators. */
export default async function NewOrganization() {
  await requireOperator();
  const t = await getTranslations();
  return (
    <PublicPage>
      <Ticket title={t("organizations.create.title")} stub={<a href="/">{t("common.backToFoyer")}</a>}>
        <p>{t("organizations.create.intro")}</p>
        <ClientMessages namespaces={["organizations"]}>
          <CreateOrganizationForm origin={env().origin} />
        </ClientMessages>
      </Ticket>
    </PublicPage>
  );
}
