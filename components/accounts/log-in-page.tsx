import { useTranslations } from "next-intl";
import { LogInForm } from "@/components/accounts/log-in-form";
import { ProviderButtons } from "@/components/accounts/provider-buttons";
import { RequestForm } from "@/components/requests/request-form";
import { PublicPage } from "@/components/ticket/public-page";
import { SupportLine } from "@/components/ticket/support-line";
import { Ticket } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import type { LoginOrganization } from "@/lib/organizations/queries";

type Props = {
  /** The organization of the login page; without one, the installation's. */
  organization?: LoginOrganization;
  callbackUrl: string | undefined;
  providers: { id: string; name: string }[];
  /** The error of a failed sign-in with a provider. */
  error: string | null;
};

/** The login page (REQ-F5): password, emailed link, configured providers. */
export function LogInPage({ organization, callbackUrl, providers, error }: Props) {
  const t = useTranslations();
  const loginPath = `${organization ? `/o/${organization.slug}` : ""}/login`;
  return (
    <PublicPage
      name={organization?.name}
      foot={organization ? <SupportLine address={organization.supportAddress} /> : null}
    >
      <Ticket
        title={
          organization
            ? t.rich("accounts.login.titleOfOrganization", {
                organization: organization.name,
                org: (text) => <bdi>{text}</bdi>,
              })
            : t("accounts.login.title")
        }
        stub={
          <>
            <p>
              {t.rich("accounts.login.forgotPassword", {
                link: (text) => <a href={`${loginPath}/mail`}>{text}</a>,
                reset: (text) => <a href={`${loginPath}/mail?for=password`}>{text}</a>,
              })}
            </p>
            <p>{t.rich("accounts.login.invitationCode", { join: (text) => <a href="/join">{text}</a> })}</p>
          </>
        }
      >
        <FormError>{error}</FormError>
        <LogInForm callbackUrl={callbackUrl} organization={organization?.slug} />
        <ProviderButtons providers={providers} callbackUrl={callbackUrl} organization={organization?.slug} />
        {organization?.newUserInvitations ? <RequestForm organization={organization} /> : null}
      </Ticket>
    </PublicPage>
  );
}
