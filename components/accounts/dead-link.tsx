import Link from "next/link";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

/** A mailed link that does nothing any more. */
export function DeadLink({ message }: { message: string }) {
  return (
    <PublicPage>
      <Ticket title="This link opens nothing" stub={<Link href="/">Go to the start</Link>}>
        <p>{message}</p>
      </Ticket>
    </PublicPage>
  );
}
