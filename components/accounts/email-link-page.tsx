import { MagicLinkForm } from "@/components/accounts/magic-link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

type Props = {
  /** The organization of the login page; without one, the installation's. */
  organization?: { name: string; slug: string };
  forPassword: boolean;
  /** True if an email provider is configured. */
  hasEmailProvider: boolean;
};

/** Page to request an emailed login link, or a link to reset the password (REQ-F5). */
export function EmailLinkPage({ organization, forPassword, hasEmailProvider }: Props) {
  const loginPath = `${organization ? `/o/${organization.slug}` : ""}/login`;
  return (
    <PublicPage name={organization?.name}>
      <Ticket
        title={forPassword ? "Choose a new password" : "Log in by mail"}
        stub={
          <p>
            Know your password? <a href={loginPath}>Log in with it</a>.
          </p>
        }
      >
        <p>
          {forPassword
            ? "Tell us the address of your account. We mail a link to it that lets you choose a new password."
            : "Tell us the address of your account. We mail a link to it that logs you in, without a password."}
        </p>
        <MagicLinkForm
          purpose={forPassword ? "reset-password" : "sign-in"}
          organization={organization?.slug}
          hint={hasEmailProvider ? undefined : "Email isn't set up. Ask the operator for the link."}
        />
      </Ticket>
    </PublicPage>
  );
}
