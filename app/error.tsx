"use client";

import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { Button } from "@/components/ui/button";

/** A bug, or a database that does not answer. The digest is in the log too. */
export default function Broken({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
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
