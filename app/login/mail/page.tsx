import type { Metadata } from "next";
import { EmailLinkPage } from "@/components/accounts/email-link-page";
import { hasProvider } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Log in by mail" };

export default async function LogInByMail({ searchParams }: PageProps<"/login/mail">) {
  const { for: purpose } = await searchParams;
  return <EmailLinkPage forPassword={purpose === "password"} hasEmailProvider={hasProvider()} />;
}
