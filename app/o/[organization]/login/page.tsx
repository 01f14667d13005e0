import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LogInForm } from "@/components/accounts/log-in-form";
import { OtherWays } from "@/components/accounts/other-ways";
import { RequestForm } from "@/components/requests/request-form";
import { PublicPage } from "@/components/ticket/public-page";
import { SupportLine } from "@/components/ticket/support-line";
import { Ticket } from "@/components/ticket/ticket";
import { returnAddress } from "@/lib/accounts/return-address";
import { currentActor } from "@/lib/auth/current";
import { env } from "@/lib/kit/env";
import { findOrganization } from "@/lib/organizations/queries";

export const metadata: Metadata = { title: "Log in" };

export default async function LogInToOrganization({
  params,
  searchParams,
}: PageProps<"/o/[organization]/login">) {
  const { callbackUrl } = await searchParams;
  const organization = await findOrganization((await params).organization);
  if (!organization) notFound();
  const next = typeof callbackUrl === "string" ? callbackUrl : undefined;
  if (await currentActor(organization.slug))
    redirect(returnAddress(next, env().origin, `/o/${organization.slug}`));
  return (
    <PublicPage name={organization.name} foot={<SupportLine address={organization.supportAddress} />}>
      <Ticket
        title={`Log in to ${organization.name}`}
        stub={
          <p>
            Got an invitation? <a href="/join">Type its code</a>.
          </p>
        }
      >
        <LogInForm callbackUrl={next} organization={organization.slug} />
        <OtherWays login={`/o/${organization.slug}/login`} />
        {organization.newUserInvitations ? <RequestForm organization={organization} /> : null}
      </Ticket>
    </PublicPage>
  );
}
