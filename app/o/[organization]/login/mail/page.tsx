import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EmailLinkPage } from "@/components/accounts/email-link-page";
import { ClientMessages } from "@/components/i18n/client-messages";
import { findOrganization, hasProvider } from "@/lib/organizations/queries";

export async function generateMetadata({
  searchParams,
}: PageProps<"/o/[organization]/login/mail">): Promise<Metadata> {
  const [t, { for: purpose }] = await Promise.all([getTranslations(), searchParams]);
  return {
    title: t(
      purpose === "password" ? "accounts.emailLink.resetPassword.title" : "accounts.emailLink.signIn.title",
    ),
  };
}

export default async function LogInToOrganizationByMail({
  params,
  searchParams,
}: PageProps<"/o/[organization]/login/mail">) {
  const { for: purpose } = await searchParams;
  const organization = await findOrganization((await params).organization);
  if (!organization) notFound();
  return (
    <ClientMessages namespaces={["accounts"]}>
      <EmailLinkPage
        organization={organization}
        forPassword={purpose === "password"}
        hasEmailProvider={hasProvider()}
      />
    </ClientMessages>
  );
}
