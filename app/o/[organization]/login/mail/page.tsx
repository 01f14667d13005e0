import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EmailLinkPage } from "@/components/accounts/email-link-page";
import { findOrganization, hasProvider } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Log in by mail" };

export default async function LogInToOrganizationByMail({
  params,
  searchParams,
}: PageProps<"/o/[organization]/login/mail">) {
  const { for: purpose } = await searchParams;
  const organization = await findOrganization((await params).organization);
  if (!organization) notFound();
  return (
    <EmailLinkPage
      organization={organization}
      forPassword={purpose === "password"}
      hasEmailProvider={hasProvider()}
    />
  );
}
