"use client";

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
  return (
    <PublicPage>
      <Ticket title="Something broke on our side">
        <p>Nothing was changed. Try again in a moment.</p>
        {error.digest ? <p>If it stays, tell your administrator error {error.digest}.</p> : null}
        <TicketActions>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
        </TicketActions>
      </Ticket>
    </PublicPage>
  );
}
