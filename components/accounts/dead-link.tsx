import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";

type Props = {
  message: string;
  /** Where another one is asked for; with a label of its own where that is no page that asks for nothing else. */
  again: { href: string; label?: string };
};

/** A mailed link that does nothing any more, and where to ask for another one. */
export function DeadLink({ message, again }: Props) {
  return (
    <PublicPage>
      <Ticket title="This link opens nothing" stub={<a href="/">Go to the start</a>}>
        <p>{message}</p>
        <TicketActions>
          <a className={buttonClass("primary")} href={again.href}>
            {again.label ?? "Ask for a new link"}
          </a>
        </TicketActions>
      </Ticket>
    </PublicPage>
  );
}
