import { WishForm } from "@/components/accounts/wish-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";

type Props = {
  /** Whose login page it belongs to; without one, the installation's. */
  organization?: { name: string; slug: string };
  forPassword: boolean;
  /** Is there an email provider? */
  mails: boolean;
};

/** Log in by a mailed link, or have one mailed for a new password (REQ-F5). */
export function MailPage({ organization, forPassword, mails }: Props) {
  const logIn = `${organization ? `/o/${organization.slug}` : ""}/login`;
  return (
    <PublicPage name={organization?.name}>
      <Ticket
        title={forPassword ? "Choose a new password" : "Log in by mail"}
        stub={
          <p>
            Know your password? <a href={logIn}>Log in with it</a>.
          </p>
        }
      >
        <p>
          {forPassword
            ? "Tell us the address of your account. We mail a link to it that lets you choose a new password."
            : "Tell us the address of your account. We mail a link to it that logs you in, without a password."}
        </p>
        <WishForm
          purpose={forPassword ? "reset-password" : "sign-in"}
          organization={organization?.slug}
          unsent={
            mails
              ? undefined
              : "No email provider is set here: whoever runs this Foyer finds it in the mailbox."
          }
        />
      </Ticket>
    </PublicPage>
  );
}
