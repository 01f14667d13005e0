import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ConfirmEmailChangeForm } from "@/components/accounts/confirm-email-change-form";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { ClientMessages } from "@/components/i18n/client-messages";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink, findEmailChange } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { translateRefusal } from "@/lib/result/result";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.changeAddress.title") };
}

/**
 * The page that both emails about a change of address link to. Opening it changes nothing; confirming requires the
 * account's own session.
 */
export default async function ChangeAddress({ params }: PageProps<"/change-address/[code]">) {
  const { code } = await params;
  const translation = await currentTranslation();
  const { t } = translation;
  const link = await findAccountLink(await currentClientIp(), "change-address", code);
  if (!link.ok)
    return (
      <InvalidLink
        message={translateRefusal(translation, LINK_MESSAGES, link)}
        hint={t("accounts.changeAddress.accountPageHint")}
        retry={{ href: "/account", label: t("accounts.link.goToAccount") }}
      />
    );
  const { accountId, email, recipient } = link.value;
  const account = await currentAccount();
  const change = account?.accountId === accountId ? (await findEmailChange(account)).pending : null;
  const currentPath = `/change-address/${encodeURIComponent(code)}`;
  return (
    <ClientMessages namespaces={["accounts"]}>
      <PublicPage>
        <Ticket lead={recipient} title={t("accounts.changeAddress.title")}>
          {change ? (
            <>
              <p>
                {t.rich("accounts.changeAddress.intro", {
                  from: email,
                  to: change.to,
                  b: (text) => <strong>{text}</strong>,
                })}
              </p>
              <ConfirmEmailChangeForm code={code} />
            </>
          ) : account ? (
            <>
              <p>{t("accounts.changeAddress.otherAccount", { current: account.email, email })}</p>
              <TicketActions>
                <LogOutForm
                  callbackUrl={currentPath}
                  label={t("common.signOutAndContinue")}
                  className={buttonClass("primary")}
                />
              </TicketActions>
            </>
          ) : (
            <>
              <p>{t("accounts.changeAddress.loggedOut", { email })}</p>
              <TicketActions>
                <a
                  className={buttonClass("primary")}
                  href={`/login?callbackUrl=${encodeURIComponent(currentPath)}`}
                >
                  {t("accounts.changeAddress.logIn")}
                </a>
              </TicketActions>
            </>
          )}
        </Ticket>
      </PublicPage>
    </ClientMessages>
  );
}
