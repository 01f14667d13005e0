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
  const loginPath = `${organization ? `/o/${organization.slug}` : ""}/login`;
  return (
    <PublicPage
      name={organization?.name}
      foot={organization ? <SupportLine address={organization.supportAddress} /> : null}
    >
      <Ticket
        title={organization ? `Log in to ${organization.name}` : "Log in"}
        stub={
          <>
            <p>
              No password at hand? <a href={`${loginPath}/mail`}>Log in by mail</a>, or{" "}
              <a href={`${loginPath}/mail?for=password`}>choose a new password</a>.
            </p>
            <p>
              Got an invitation? <a href="/join">Type its code</a>.
            </p>
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
