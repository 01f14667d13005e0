"use client";

import { useTranslations } from "next-intl";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { Button } from "@/components/ui/button";

/** Error page for bugs and a database that does not respond. The digest is also in the log. */
export default function ErrorPage({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations();
  return (
    <PublicPage>
      <Ticket title={t("errors.pages.unexpected.title")}>
        <p>{t("errors.pages.unexpected.message")}</p>
        {error.digest ? <p>{t("errors.pages.unexpected.code", { id: error.digest })}</p> : null}
        <TicketActions>
          <Button variant="primary" onClick={retry}>
            {t("common.tryAgain")}
          </Button>
        </TicketActions>
      </Ticket>
    </PublicPage>
  );
}
