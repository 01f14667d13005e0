import Link from "next/link";
import { redirect } from "next/navigation";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { PendingInvitations } from "@/components/join/pending-invitations";
import { OrganizationList } from "@/components/organizations/organization-list";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import layoutStyles from "@/components/ui/layout.module.css";
import { currentAccount, currentOperator } from "@/lib/auth/current";
import { requireAccount } from "@/lib/auth/guards";
import { listPendingInvitations } from "@/lib/invitations/queries/pending";
import { hasProvider, isSetupOpen, listOrganizations } from "@/lib/organizations/queries";

/**
 * Redirects to setup, login or the user's only organization; otherwise lists the organizations, after pending invitations
 * (REQ-D3, REQ-F4, REQ-F5).
 */
export default async function Home() {
  if (!(await currentAccount()) && (await isSetupOpen())) redirect("/setup");
  const account = await requireAccount();
  const organizations = await listOrganizations(account.accountId);
  const invitations = await listPendingInvitations(account);
  const [only, ...others] = organizations;
  if (only && others.length === 0 && invitations.length === 0) redirect(only.startUrl);
  const operator = await currentOperator();
  return (
    <PublicPage>
      <Ticket
        lead={account.email}
        title={titleOf(organizations.length, invitations.length)}
        stub={
          <div className={layoutStyles.row}>
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
        {invitations.length > 0 ? <PendingInvitations invitations={invitations} /> : null}
        {only ? (
          <OrganizationList organizations={organizations} />
        ) : invitations.length > 0 ? null : (
          <p>
            Ask an admin to invite {account.email}. Have a code? <Link href="/join">Enter it</Link>.
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

function titleOf(organizations: number, invitations: number): string {
  if (invitations > 0) return invitations === 1 ? "You are invited" : "You have invitations";
  return organizations > 0 ? "Choose an organization" : "You are in no organization";
}
