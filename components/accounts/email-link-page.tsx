import { useTranslations } from "next-intl";
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
  const t = useTranslations();
  const purpose = forPassword ? "resetPassword" : "signIn";
  const loginPath = `${organization ? `/o/${organization.slug}` : ""}/login`;
  return (
    <PublicPage name={organization?.name}>
      <Ticket
        title={t(`accounts.emailLink.${purpose}.title`)}
        stub={
          <p>
            {t.rich("accounts.emailLink.withPassword", {
              login: (text) => <a href={loginPath}>{text}</a>,
            })}
          </p>
        }
      >
        <p>{t(`accounts.emailLink.${purpose}.intro`)}</p>
        <MagicLinkForm
          purpose={forPassword ? "reset-password" : "sign-in"}
          organization={organization?.slug}
          hasEmailProvider={hasEmailProvider}
        />
      </Ticket>
    </PublicPage>
  );
}
