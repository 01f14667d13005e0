import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { SetupForm } from "@/components/accounts/setup-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { isSetupOpen } from "@/lib/organizations/setup";

export const metadata: Metadata = { title: "Set up" };

/** The first Owner and their organization (REQ-H1); afterwards this page is not found. */
export default async function Setup() {
  if (!(await isSetupOpen())) notFound();
  return (
    <PublicPage>
      <Ticket
        lead="Nobody is in yet"
        title="Set up Foyer"
        stub={
          <p>
            Email works later too: until a provider is set, every letter lies in a mailbox that only you can
            open. The README says how to set one.
          </p>
        }
      >
        <p>You become the Owner of the first organization, and the operator of this installation.</p>
        <SetupForm />
      </Ticket>
    </PublicPage>
  );
}
