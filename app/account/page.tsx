import type { Metadata } from "next";
import styles from "@/app/account/account.module.css";
import { EmailSection } from "@/components/accounts/email-section";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { NameForm } from "@/components/accounts/name-form";
import { SecuritySection } from "@/components/accounts/security-section";
import { SignInMethods } from "@/components/accounts/sign-in-methods";
import { OrganizationList } from "@/components/organizations/organization-list";
import { PublicPage } from "@/components/ticket/public-page";
import { BackLink } from "@/components/ui/back-link";
import { Panel } from "@/components/ui/panel";
import { browserName } from "@/lib/accounts/browser-name";
import { findEmailChange, findOwnAccount } from "@/lib/accounts/queries";
import { requireAccount } from "@/lib/auth/guards";
import { listSessions } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Your account" };

/** The user's account page (REQ-F5): name, address, password, providers and sessions, for all organizations. */
export default async function Account() {
  const signedIn = await requireAccount();
  const [account, change, sessions, organizations] = await Promise.all([
    findOwnAccount(signedIn),
    findEmailChange(signedIn),
    listSessions(signedIn),
    listOrganizations(signedIn.accountId),
  ]);
  return (
    <PublicPage width="medium">
      <p>
        <BackLink href="/">Back to Foyer</BackLink>
      </p>
      <div className={styles.page}>
        <h1>Your account</h1>
        <Panel title="Name">
          <NameForm account={account} />
        </Panel>
        <Panel title="Address">
          <EmailSection account={account} change={change} hasEmailProvider={hasProvider()} />
        </Panel>
        {account.signInMethods.length > 0 ? (
          <Panel title="Providers you sign in through">
            <SignInMethods
              account={account.id}
              signInMethods={account.signInMethods.map(withProviderName)}
              now={change.now}
            />
          </Panel>
        ) : null}
        <SecuritySection
          account={account}
          sessions={sessions.map(({ userAgent, ...session }) => ({
            ...session,
            browser: browserName(userAgent),
          }))}
        />
        {organizations.length > 0 ? (
          <Panel title="Organizations">
            <OrganizationList organizations={organizations} />
          </Panel>
        ) : null}
        <LogOutForm />
      </div>
    </PublicPage>
  );
}

/** Adds the provider's configured name, or the issuer's host name if it is no longer configured. */
function withProviderName<Method extends { issuer: string }>(method: Method): Method & { name: string } {
  const { issuer } = method;
  const configured = env().providers.find((provider) => provider.issuer === issuer)?.name;
  return { ...method, name: configured ?? (URL.canParse(issuer) ? new URL(issuer).hostname : issuer) };
}
