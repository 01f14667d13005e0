import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import styles from "@/app/account/account.module.css";
import { EmailSection } from "@/components/accounts/email-section";
import { LanguageForm } from "@/components/accounts/language-form";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { NameForm } from "@/components/accounts/name-form";
import { SecuritySection } from "@/components/accounts/security-section";
import { SignInMethods } from "@/components/accounts/sign-in-methods";
import { ClientMessages } from "@/components/i18n/client-messages";
import { OrganizationList } from "@/components/organizations/organization-list";
import { PublicPage } from "@/components/ticket/public-page";
import { BackLink } from "@/components/ui/back-link";
import { Panel } from "@/components/ui/panel";
import { browserName } from "@/lib/accounts/browser-name";
import { findEmailChange, findOwnAccount } from "@/lib/accounts/queries";
import { requireAccount } from "@/lib/auth/guards";
import { listSessions } from "@/lib/auth/session";
import { env } from "@/lib/config/env";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { hasProvider, listOrganizations } from "@/lib/organizations/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.account.title") };
}

/** The user's account page (REQ-F5): name, address, password, providers and sessions, for all organizations. */
export default async function Account() {
  const signedIn = await requireAccount();
  const [translation, account, change, sessions, organizations] = await Promise.all([
    currentTranslation(),
    findOwnAccount(signedIn),
    findEmailChange(signedIn),
    listSessions(signedIn),
    listOrganizations(signedIn.accountId),
  ]);
  const { t } = translation;
  return (
    <ClientMessages namespaces={["accounts"]}>
      <PublicPage width="medium" hasLanguagePicker={false}>
        <p>
          <BackLink href="/">{t("common.backToFoyer")}</BackLink>
        </p>
        <div className={styles.page}>
          <h1>{t("accounts.account.title")}</h1>
          <Panel title={t("accounts.account.name")}>
            <NameForm account={account} />
          </Panel>
          <Panel title={t("accounts.account.email")}>
            <EmailSection account={account} change={change} hasEmailProvider={hasProvider()} />
          </Panel>
          <Panel title={t("accounts.language.title")}>
            <LanguageForm account={{ id: account.id, language: signedIn.language }} />
          </Panel>
          {account.signInMethods.length > 0 ? (
            <Panel title={t("accounts.account.providers")}>
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
              browser: browserName(translation, userAgent),
            }))}
          />
          {organizations.length > 0 ? (
            <Panel title={t("accounts.account.organizations")}>
              <OrganizationList organizations={organizations} />
            </Panel>
          ) : null}
          <LogOutForm />
        </div>
      </PublicPage>
    </ClientMessages>
  );
}

/** Adds the provider's configured name, or the issuer's host name if it is no longer configured. */
function withProviderName<Method extends { issuer: string }>(method: Method): Method & { name: string } {
  const { issuer } = method;
  const configured = env().providers.find((provider) => provider.issuer === issuer)?.name;
  return { ...method, name: configured ?? (URL.canParse(issuer) ? new URL(issuer).hostname : issuer) };
}
