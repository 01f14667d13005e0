import { useTranslations } from "next-intl";
import { CodeForm } from "@/components/join/code-form";
import { MissingEmailHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

/** The page of an unknown code or too many attempts: a neutral message and the form to try again (REQ-D6). */
export function UnknownCode({ message }: { message: string }) {
  const t = useTranslations();
  return (
    <PublicPage foot={<MissingEmailHelp />}>
      <Ticket title={t("join.unknown.title")}>
        <p>{message}</p>
        <p>{t("join.unknown.text")}</p>
        <CodeForm />
      </Ticket>
    </PublicPage>
  );
}
