import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LogInPage } from "@/components/accounts/log-in-page";
import { ClientMessages } from "@/components/i18n/client-messages";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import { currentActor } from "@/lib/auth/current";
import { env } from "@/lib/config/env";
import { currentTranslation } from "@/lib/i18n/current-translation";
import { findOrganization } from "@/lib/organizations/queries";
import { readLoginPage } from "@/lib/sign-in/login-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  return { title: t("accounts.login.title") };
}

export default async function LogInToOrganization({
  params,
  searchParams,
}: PageProps<"/o/[organization]/login">) {
  const login = readLoginPage(await currentTranslation(), await searchParams);
  const organization = await findOrganization((await params).organization);
  if (!organization) notFound();
  if (await currentActor(organization.slug))
    redirect(resolveReturnPath(login.callbackUrl, env().origin, `/o/${organization.slug}`));
  return (
    <ClientMessages namespaces={["accounts", "requests"]}>
      <LogInPage {...login} organization={organization} />
    </ClientMessages>
  );
}
