import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { SignInLinkForm } from "@/components/accounts/sign-in-link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { LINK_WORDS } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import { clientIp } from "@/lib/kit/action";
import { inWords } from "@/lib/kit/outcome";

export const metadata: Metadata = { title: "Log in" };

/** A one-time sign-in link (R H3): a press takes it, looking does not. */
export default async function SignInByLink({ params }: PageProps<"/sign-in/[code]">) {
  const { code } = await params;
  const link = await findLink(await clientIp(), "sign-in", code);
  if (!link.ok) return <DeadLink message={inWords(LINK_WORDS, link)} />;
  return (
    <PublicPage>
      <Ticket lead={link.value.email} title={`Log in as ${link.value.name}`}>
        <p>This link works once.</p>
        <SignInLinkForm code={code} />
      </Ticket>
    </PublicPage>
  );
}
