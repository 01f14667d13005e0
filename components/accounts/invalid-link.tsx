import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";

type Props = {
  message: string;
  /** The page where the user can get a new link. */
  retry: { href: string; label?: string };
};

/** Page for an emailed link that is not valid, with a link to request another one. */
export function InvalidLink({ message, retry }: Props) {
  return (
    <PublicPage>
      <Ticket title="This link opens nothing" stub={<a href="/">Back to Foyer</a>}>
        <p>{message}</p>
        <TicketActions>
          <a className={buttonClass("primary")} href={retry.href}>
            {retry.label ?? "Ask for a new link"}
          </a>
        </TicketActions>
      </Ticket>
    </PublicPage>
  );
}
