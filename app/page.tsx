import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { ClientMessages } from "@/components/i18n/client-messages";
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
  const t = await getTranslations();
  const title =
    invitations.length > 0
      ? t("home.start.invited", { count: invitations.length })
      : t(only ? "home.start.choose" : "home.start.none");
  return (
    <PublicPage>
      <Ticket
        lead={account.email}
        title={title}
        stub={
          <div className={layoutStyles.row}>
            <Link className={buttonClass()} href="/account" prefetch={false}>
              {t("home.start.account")}
            </Link>
            {operator && !hasProvider() ? (
              <Link className={buttonClass()} href="/mailbox" prefetch={false}>
                {t("home.start.mailbox")}
              </Link>
            ) : null}
            <LogOutForm />
          </div>
        }
      >
        {invitations.length > 0 ? (
          <ClientMessages namespaces={["join"]}>
            <PendingInvitations invitations={invitations} />
          </ClientMessages>
        ) : null}
        {only ? (
          <OrganizationList organizations={organizations} />
        ) : invitations.length > 0 ? null : (
          <p>
            {t.rich("home.start.noneHint", {
              email: account.email,
              join: (text) => <Link href="/join">{text}</Link>,
            })}
          </p>
        )}
        {operator ? (
          <TicketActions>
            <Link
              className={buttonClass(only ? "plain" : "primary")}
              href="/organizations/new"
              prefetch={false}
            >
              {t("home.start.create")}
            </Link>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}
