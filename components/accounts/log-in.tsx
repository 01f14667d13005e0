import { LogInForm } from "@/components/accounts/log-in-form";
import { ProviderButtons } from "@/components/accounts/provider-buttons";
import { RequestForm } from "@/components/requests/request-form";
import { PublicPage } from "@/components/ticket/public-page";
import { SupportLine } from "@/components/ticket/support-line";
import { Ticket } from "@/components/ticket/ticket";
import { FormError } from "@/components/ui/notice";
import type { LoginOrganization } from "@/lib/organizations/queries";

type Props = {
  /** Whose login page it is; without one, the installation's. */
  organization?: LoginOrganization;
  callbackUrl: string | undefined;
  providers: { id: string; name: string }[];
  /** Why a sign-in through a provider led back here. */
  refusal: string | null;
};

/** Every way to log in (REQ-F5): a password, a letter, the configured providers. */
export function LogIn({ organization, callbackUrl, providers, refusal }: Props) {
  const login = `${organization ? `/o/${organization.slug}` : ""}/login`;
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
              No password at hand? <a href={`${login}/mail`}>Log in by mail</a>, or{" "}
              <a href={`${login}/mail?for=password`}>choose a new password</a>.
            </p>
            <p>
              Got an invitation? <a href="/join">Type its code</a>.
            </p>
          </>
        }
      >
        <FormError>{refusal}</FormError>
        <LogInForm callbackUrl={callbackUrl} organization={organization?.slug} />
        <ProviderButtons providers={providers} callbackUrl={callbackUrl} organization={organization?.slug} />
        {organization?.newUserInvitations ? <RequestForm organization={organization} /> : null}
      </Ticket>
    </PublicPage>
  );
}
