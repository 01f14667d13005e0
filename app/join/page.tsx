import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { CodeForm } from "@/components/join/code-form";
import { MissingEmailHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("join.pageTitle") };
}

/** The page to enter a code that was read out or is in an email (REQ-D5). */
export default function Join() {
  const t = useTranslations();
  return (
    <PublicPage foot={<MissingEmailHelp />}>
      <Ticket title={t("join.enterCode.title")}>
        <p>{t("join.enterCode.text")}</p>
        <CodeForm />
      </Ticket>
    </PublicPage>
  );
}
