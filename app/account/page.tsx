import ArrowLeft from "lucide-react/icons/arrow-left";
import type { Metadata } from "next";
import Link from "next/link";
import { Access } from "@/components/accounts/access";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { NameForm } from "@/components/accounts/name-form";
import { OwnAddress } from "@/components/accounts/own-address";
import { SignInMethods } from "@/components/accounts/sign-in-methods";
import { OrganizationChoices } from "@/components/organizations/organization-choices";
import { PublicPage } from "@/components/ticket/public-page";
import { Panel } from "@/components/ui/panel";
import { browserName } from "@/lib/accounts/browser-name";
import { findAddressChange, findOwnAccount } from "@/lib/accounts/queries";
import { accountHere } from "@/lib/auth/gate";
import { listSessions } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Your account" };

/** One's own page (REQ-F5): name, address, password, providers and sessions, the same in every organization. */
export default async function Account() {
  const signedIn = await accountHere();
  const [account, change, sessions, organizations] = await Promise.all([
    findOwnAccount(signedIn),
    findAddressChange(signedIn),
    listSessions(signedIn),
    listOrganizations(signedIn.accountId),
  ]);
  return (
    <PublicPage wide>
      <p>
        <Link className="back" href="/" prefetch={false}>
          <ArrowLeft size={16} aria-hidden />
          Go to the start
        </Link>
      </p>
      <div className="own-page">
        <h1>Your account</h1>
        <Panel title="Name">
          <NameForm account={account} />
        </Panel>
        <Panel title="Address">
          <OwnAddress account={account} change={change} isMailed={hasProvider()} />
        </Panel>
        {account.methods.length > 0 ? (
          <Panel title="Providers you sign in through">
            <SignInMethods account={account.id} methods={account.methods.map(named)} now={change.now} />
          </Panel>
        ) : null}
        <Access
          account={account}
          sessions={sessions.map(({ userAgent, ...session }) => ({
            ...session,
            browser: browserName(userAgent),
          }))}
        />
        {organizations.length > 0 ? (
          <Panel title="Organizations">
            <OrganizationChoices organizations={organizations} />
          </Panel>
        ) : null}
        <LogOutForm />
      </div>
    </PublicPage>
  );
}

/** A provider goes by its name in the settings; one that left them, by the host of its address. */
function named<Method extends { issuer: string }>(method: Method): Method & { name: string } {
  const { issuer } = method;
  const known = env().providers.find((provider) => provider.issuer === issuer)?.name;
  return { ...method, name: known ?? (URL.canParse(issuer) ? new URL(issuer).hostname : issuer) };
}
