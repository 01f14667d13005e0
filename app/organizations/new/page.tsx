import type { Metadata } from "next";
import { MakeForm } from "@/components/organizations/make-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { operatorHere } from "@/lib/auth/gate";

export const metadata: Metadata = { title: "Make an organization" };

/** Another organization, for operators (REQ-F4); for everybody else this page is not found. */
export default async function NewOrganization() {
  await operatorHere();
  return (
    <PublicPage>
      <Ticket title="Make an organization" stub={<a href="/">Go to the start</a>}>
        <p>
          You become its first Owner. Invite others, make one of them an Owner too, and you can leave it to
          them.
        </p>
        <MakeForm />
      </Ticket>
    </PublicPage>
  );
}
