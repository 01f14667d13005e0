import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SetupForm } from "@/components/accounts/setup-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { isSetupOpen } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Set up" };

/** Sets up the operator and the first organization (REQ-H1). Responds with 404 afterwards. */
export default async function Setup() {
  if (!(await isSetupOpen())) notFound();
  return (
    <PublicPage>
      <Ticket
        lead="Welcome"
        title="Set up Foyer"
        stub={
          <p>
            You can set up email later. Until then, emails wait in a mailbox that only you can open. See the
            README.
          </p>
        }
      >
        <p>You become the Owner of the first organization, and the operator of this installation.</p>
        <SetupForm />
      </Ticket>
    </PublicPage>
  );
}
