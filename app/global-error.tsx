"use client";

import "@/app/globals.css";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { Button } from "@/components/ui/button";

/**
 * The error page for errors in the root layout. The framework's own page would be blank under our CSP. It is in English,
 * because the root layout also loads the messages.
 */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang="en">
      <body>
        <PublicPage hasLanguagePicker={false}>
          <Ticket title="Something went wrong">
            <p>This page couldn't be loaded. Try again.</p>
            {error.digest ? (
              <p>If it keeps happening, give your administrator this code: {error.digest}.</p>
            ) : null}
            <TicketActions>
              <Button variant="primary" onClick={retry}>
                Try again
              </Button>
            </TicketActions>
          </Ticket>
        </PublicPage>
      </body>
    </html>
  );
}
