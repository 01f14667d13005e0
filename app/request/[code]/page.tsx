import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CodeActionForm } from "@/components/requests/code-action-form";
import { PublicPage } from "@/components/ticket/public-page";
import { SupportLine } from "@/components/ticket/support-line";
import { Ticket } from "@/components/ticket/ticket";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { CONFIRM_REQUEST_MESSAGES } from "@/lib/requests/messages";
import { findRequestByLink } from "@/lib/requests/queries/by-link";
import { translateRefusal } from "@/lib/result/result";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("requests.confirm.pageTitle") };
}

/**
 * The page that the confirmation email of a request links to (REQ-E2). Viewing it changes nothing, so
 * scanners may open it.
 */
export default async function ConfirmRequest({ params }: PageProps<"/request/[code]">) {
  const code = decodeURIComponent((await params).code);
  const t = await getTranslations();
  const found = await findRequestByLink(await currentClientIp(), code);
  if (!found.ok)
    return (
      <PublicPage>
        <Ticket title={t("errors.pages.invalidLink")} stub={<a href="/">{t("common.backToFoyer")}</a>}>
          <p>{translateRefusal(await currentTranslation(), CONFIRM_REQUEST_MESSAGES, found)}</p>
        </Ticket>
      </PublicPage>
    );
  const { organization, email, state } = found.value;
  return (
    <PublicPage name={organization.name} foot={<SupportLine address={organization.supportAddress} />}>
      <Ticket lead={email} title={t(`requests.confirm.${state}.title`)}>
        <p>
          {t.rich(`requests.confirm.${state}.text`, {
            organization: organization.name,
            org: (text) => <bdi>{text}</bdi>,
          })}
        </p>
        {state === "unconfirmed" ? (
          <CodeActionForm code={code} purpose="confirm" label={t("requests.confirm.submit")} />
        ) : null}
      </Ticket>
    </PublicPage>
  );
}
