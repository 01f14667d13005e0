import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";

/** A mailed link that does nothing any more, and where to ask for another one, if anybody can. */
export function DeadLink({ message, again }: { message: string; again?: string }) {
  return (
    <PublicPage>
      <Ticket title="This link opens nothing" stub={<a href="/">Go to the start</a>}>
        <p>{message}</p>
        {again ? (
          <TicketActions>
            <a className={buttonClass("primary")} href={again}>
              Ask for a new link
            </a>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}
