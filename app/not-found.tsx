import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PublicPage>
      <Ticket title="Nothing here" stub={<a href="/">Back to Foyer</a>}>
        <p>This page doesn't exist, or you don't have access to it.</p>
      </Ticket>
    </PublicPage>
  );
}
