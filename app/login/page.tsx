import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LogInPage } from "@/components/accounts/log-in-page";
import { resolveReturnPath } from "@/lib/accounts/return-path";
import { currentAccount } from "@/lib/auth/current";
import { env } from "@/lib/config/env";
import { isSetupOpen } from "@/lib/organizations/queries";
import { readLoginPage } from "@/lib/sign-in/login-page";

export const metadata: Metadata = { title: "Log in" };

export default async function LogIn({ searchParams }: PageProps<"/login">) {
  const login = readLoginPage(await searchParams);
  if (await currentAccount()) redirect(resolveReturnPath(login.callbackUrl, env().origin));
  if (await isSetupOpen()) redirect("/setup");
  return <LogInPage {...login} />;
}
