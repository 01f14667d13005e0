import type { Metadata } from "next";
import { MailPage } from "@/components/accounts/mail-page";
import { hasProvider } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Log in by mail" };

export default async function LogInByMail({ searchParams }: PageProps<"/login/mail">) {
  const { for: what } = await searchParams;
  return <MailPage forPassword={what === "password"} mails={hasProvider()} />;
}
