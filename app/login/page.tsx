import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LogInPage } from "@/components/accounts/log-in-page";
import { ClientMessages } from "@/components/i18n/client-messages";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import { currentAccount } from "@/lib/auth/current";
import { env } from "@/lib/config/env";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { isSetupOpen } from "@/lib/organizations/queries";
import { readLoginPage } from "@/lib/sign-in/login-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.login.title") };
}

export default async function LogIn({ searchParams }: PageProps<"/login">) {
  const login = readLoginPage(await currentTranslation(), await searchParams);
  if (await currentAccount()) redirect(resolveReturnPath(login.callbackUrl, env().origin));
  if (await isSetupOpen()) redirect("/setup");
  return (
    <ClientMessages namespaces={["accounts"]}>
      <LogInPage {...login} />
    </ClientMessages>
  );
}
