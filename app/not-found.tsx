import { getTranslations } from "next-intl/server";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

export async function generateMetadata() {
  const t = await getTranslations();
  return { title: t("errors.pages.notFound.title") };
}

export default async function NotFound() {
  const t = await getTranslations();
  return (
    <PublicPage>
      <Ticket title={t("errors.pages.notFound.title")} stub={<a href="/">{t("common.backToFoyer")}</a>}>
        <p>{t("errors.pages.notFound.message")}</p>
      </Ticket>
    </PublicPage>
  );
}
