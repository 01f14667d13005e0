import Link from "next/link";
import { redirect } from "next/navigation";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { Offers } from "@/components/join/offers";
import { OrganizationChoices } from "@/components/organizations/organization-choices";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { currentAccount, currentOperator } from "@/lib/auth/current";
import { accountHere } from "@/lib/auth/gate";
import { listOffers } from "@/lib/invitations/queries/offers";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";
import { isSetupOpen } from "@/lib/organizations/setup";

/** Leads to setup, login, the only organization, or a chooser; invitations that wait come first (REQ-D3, REQ-F4, REQ-F5). */
export default async function Home() {
  if (!(await currentAccount()) && (await isSetupOpen())) redirect("/setup");
  const account = await accountHere();
  const organizations = await listOrganizations(account.accountId);
  const offers = await listOffers(account);
  const [only, ...others] = organizations;
  if (only && others.length === 0 && offers.length === 0) redirect(only.start);
  const operator = await currentOperator();
  return (
    <PublicPage>
      <Ticket
        lead={account.email}
        title={titleOf(organizations.length, offers.length)}
        stub={
          <div className="flex flex-wrap gap-2">
            <Link className={buttonClass()} href="/account" prefetch={false}>
              Your account
            </Link>
            {operator && !hasProvider() ? (
              <Link className={buttonClass()} href="/mailbox" prefetch={false}>
                Mailbox
              </Link>
            ) : null}
            <LogOutForm />
          </div>
        }
      >
        {offers.length > 0 ? <Offers offers={offers} /> : null}
        {only ? (
          <OrganizationChoices organizations={organizations} />
        ) : offers.length > 0 ? null : (
          <p>
            Somebody who manages an organization can invite {account.email}. If you have a code, you can{" "}
            <Link href="/join">type it here</Link>.
          </p>
        )}
        {operator ? (
          <TicketActions>
            <Link
              className={buttonClass(only ? "plain" : "primary")}
              href="/organizations/new"
              prefetch={false}
            >
              Make an organization
            </Link>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}

function titleOf(organizations: number, offers: number): string {
  if (offers > 0) return offers === 1 ? "You are invited" : "You have invitations";
  return organizations > 0 ? "Choose an organization" : "You are in no organization";
}
