import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LogInForm } from "@/components/accounts/log-in-form";
import { OtherWays } from "@/components/accounts/other-ways";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { returnAddress } from "@/lib/accounts/return-address";
import { currentAccount } from "@/lib/auth/current";
import { env } from "@/lib/kit/env";
import { isSetupOpen } from "@/lib/organizations/setup";

export const metadata: Metadata = { title: "Log in" };

export default async function LogIn({ searchParams }: PageProps<"/login">) {
  const { callbackUrl } = await searchParams;
  const next = typeof callbackUrl === "string" ? callbackUrl : undefined;
  if (await currentAccount()) redirect(returnAddress(next, env().origin));
  if (await isSetupOpen()) redirect("/setup");
  return (
    <PublicPage>
      <Ticket
        title="Log in"
        stub={
          <p>
            Got an invitation? <a href="/join">Type its code</a>.
          </p>
        }
      >
        <LogInForm callbackUrl={next} />
        <OtherWays login="/login" />
      </Ticket>
    </PublicPage>
  );
}
