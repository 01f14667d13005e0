import type { Metadata } from "next";
import { CreateOrganizationForm } from "@/components/organizations/create-organization-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { requireOperator } from "@/lib/auth/guards";

export const metadata: Metadata = { title: "Make an organization" };

/** Creates another organization (REQ-F4). Responds with 404 to everyone but operators. */
export default async function NewOrganization() {
  await requireOperator();
  return (
    <PublicPage>
      <Ticket title="Make an organization" stub={<a href="/">Back to Foyer</a>}>
        <p>
          You become its first Owner. Invite others, make one of them an Owner too, and you can leave it to
          them.
        </p>
        <CreateOrganizationForm />
      </Ticket>
    </PublicPage>
  );
}
