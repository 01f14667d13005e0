import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

/** A mailed link that does nothing any more. */
export function DeadLink({ message }: { message: string }) {
  return (
    <PublicPage>
      <Ticket title="This link opens nothing" stub={<a href="/">Go to the start</a>}>
        <p>{message}</p>
      </Ticket>
    </PublicPage>
  );
}
