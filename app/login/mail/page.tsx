import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmailLinkPage } from "@/components/accounts/email-link-page";
import { ClientMessages } from "@/components/i18n/client-messages";
import { hasProvider } from "@/lib/organizations/queries";

export async function generateMetadata({ searchParams }: PageProps<"/login/mail">): Promise<Metadata> {
  const [t, { for: purpose }] = await Promise.all([getTranslations(), searchParams]);
  return {
    title: t(
      purpose === "password" ? "accounts.emailLink.resetPassword.title" : "accounts.emailLink.signIn.title",
    ),
  };
}

export default async function LogInByMail({ searchParams }: PageProps<"/login/mail">) {
  const { for: purpose } = await searchParams;
  return (
    <ClientMessages namespaces={["accounts"]}>
      <EmailLinkPage forPassword={purpose === "password"} hasEmailProvider={hasProvider()} />
    </ClientMessages>
  );
}
