import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LogInPage } from "@/components/accounts/log-in-page";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import { currentActor } from "@/lib/auth/current";
import { env } from "@/lib/config/env";
import { findOrganization } from "@/lib/organizations/queries";
import { readLoginPage } from "@/lib/sign-in/login-page";

export const metadata: Metadata = { title: "Log in" };

export default async function LogInToOrganization({
  params,
  searchParams,
}: PageProps<"/o/[organization]/login">) {
  const login = readLoginPage(await searchParams);
  const organization = await findOrganization((await params).organization);
  if (!organization) notFound();
  if (await currentActor(organization.slug))
    redirect(resolveReturnPath(login.callbackUrl, env().origin, `/o/${organization.slug}`));
  return <LogInPage {...login} organization={organization} />;
}
