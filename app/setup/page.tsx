import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SetupForm } from "@/components/accounts/setup-form";
import { ClientMessages } from "@/components/i18n/client-messages";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { env } from "@/lib/config/env";
import { isSetupOpen } from "@/lib/organizations/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("organizations.setup.title") };
}

/** Sets up the operator and the first organization (REQ-H1). Responds with 404 afterwards. */
export default async function Setup() {
  if (!(await isSetupOpen())) notFound();
  const t = await getTranslations();
  return (
    <PublicPage>
      <Ticket
        lead={t("organizations.setup.welcome")}
        title={t("organizations.setup.title")}
        stub={<p>{t("organizations.setup.emailLater")}</p>}
      >
        <p>{t("organizations.setup.intro")}</p>
        <ClientMessages namespaces={["organizations"]}>
          <SetupForm origin={env().origin} />
        </ClientMessages>
      </Ticket>
    </PublicPage>
  );
}
