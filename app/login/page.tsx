import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LogIn } from "@/components/accounts/log-in";
import { returnAddress } from "@/lib/accounts/return-address";
import { currentAccount } from "@/lib/auth/current";
import { env } from "@/lib/config/env";
import { isSetupOpen } from "@/lib/organizations/setup";
import { readLoginPage } from "@/lib/sign-in/login-page";

export const metadata: Metadata = { title: "Log in" };

export default async function LogInPage({ searchParams }: PageProps<"/login">) {
  const read = readLoginPage(await searchParams);
  if (await currentAccount()) redirect(returnAddress(read.callbackUrl, env().origin));
  if (await isSetupOpen()) redirect("/setup");
  return <LogIn {...read} />;
}
