import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LinkForm } from "@/components/accounts/link-form";
import { ClientMessages } from "@/components/i18n/client-messages";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { findPendingInvitationIn } from "@/lib/invitations/queries/pending";
import { translateRefusal } from "@/lib/result/result";
import { consumeSignInLinkAction } from "@/lib/sign-in/actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.signInLink.title") };
}

/** The page of a one-time sign-in link (REQ-F5, REQ-H3). Opening it does not consume the link. */
export default async function SignInByLink({ params }: PageProps<"/sign-in/[code]">) {
  const { code } = await params;
  const translation = await currentTranslation();
  const { t } = translation;
  const link = await findAccountLink(await currentClientIp(), "sign-in", code);
  if (!link.ok)
    return (
      <InvalidLink
        message={translateRefusal(translation, LINK_MESSAGES, link)}
        retry={{ href: "/login/mail" }}
      />
    );
  const { accountId, email, name, confirmed, slug } = link.value;
  const invitation = slug ? await findPendingInvitationIn(slug, email) : null;
  const account = await currentAccount();
  const isOtherAccount = account !== null && account.accountId !== accountId;
  const isClaim = !confirmed && account?.accountId !== accountId;
  return (
    <ClientMessages namespaces={["accounts"]}>
      <PublicPage name={invitation?.organization.name}>
        <Ticket
          lead={email}
          title={
            isClaim
              ? t("accounts.signInLink.claimTitle")
              : t.rich("accounts.signInLink.titleAs", { name, person: (text) => <bdi>{text}</bdi> })
          }
        >
          {isClaim ? <p>{t("accounts.link.claimIntro")}</p> : null}
          {invitation ? (
            <p>
              {t.rich("accounts.signInLink.join", {
                organization: invitation.organization.name,
                role: invitation.role,
                org: (text) => (
                  <strong>
                    <bdi>{text}</bdi>
                  </strong>
                ),
              })}
            </p>
          ) : (
            <p>{t("accounts.signInLink.worksOnce")}</p>
          )}
          {isOtherAccount ? <p>{t("accounts.signInLink.otherAccount", { email: account.email })}</p> : null}
          <LinkForm
            action={consumeSignInLinkAction}
            code={code}
            asksPassword={isClaim}
            label={t(invitation ? "accounts.signInLink.submitAndJoin" : "accounts.signInLink.submit")}
          />
        </Ticket>
      </PublicPage>
    </ClientMessages>
  );
}
