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
import { currentTranslation } from "@/lib/i18n/current-translation";
import { translateRefusal } from "@/lib/result/result";
import { resetPasswordAction } from "@/lib/sign-in/actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.resetPassword.title") };
}

/** The page that the password reset email links to (REQ-F5). Opening it changes nothing. */
export default async function ResetPassword({ params }: PageProps<"/reset/[code]">) {
  const { code } = await params;
  const translation = await currentTranslation();
  const { t } = translation;
  const link = await findAccountLink(await currentClientIp(), "reset-password", code);
  if (!link.ok)
    return (
      <InvalidLink
        message={translateRefusal(translation, LINK_MESSAGES, link)}
        retry={{ href: "/login/mail?for=password" }}
      />
    );
  return (
    <ClientMessages namespaces={["accounts"]}>
      <PublicPage>
        <Ticket lead={link.value.email} title={t("accounts.resetPassword.title")}>
          <p>{t("accounts.resetPassword.intro")}</p>
          <LinkForm
            action={resetPasswordAction}
            code={code}
            asksPassword
            label={t("accounts.resetPassword.submit")}
          />
        </Ticket>
      </PublicPage>
    </ClientMessages>
  );
}
