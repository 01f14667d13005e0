import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <PublicPage>
      <Ticket title="Nothing here" stub={<a href="/">Go to the start</a>}>
        <p>
          This page does not exist, or your account has no access to it. If it should, ask whoever manages
          your organization.
        </p>
      </Ticket>
    </PublicPage>
  );
}
