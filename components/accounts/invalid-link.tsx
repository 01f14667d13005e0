import { useTranslations } from "next-intl";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";

type Props = {
  message: string;
  /** What else the user can do. */
  hint?: string;
  /** The page where the user can get a new link. */
  retry: { href: string; label?: string };
};

/** Page for an emailed link that is not valid, with a link to request another one. */
export function InvalidLink({ message, hint, retry }: Props) {
  const t = useTranslations();
  return (
    <PublicPage>
      <Ticket title={t("errors.pages.invalidLink")} stub={<a href="/">{t("common.backToFoyer")}</a>}>
        <p>{message}</p>
        {hint ? <p>{hint}</p> : null}
        <TicketActions>
          <a className={buttonClass("primary")} href={retry.href}>
            {retry.label ?? t("accounts.link.newLink")}
          </a>
        </TicketActions>
      </Ticket>
    </PublicPage>
  );
}
