import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { LinkForm } from "@/components/accounts/link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import { clientIp } from "@/lib/actions/define-action";
import { messageFor } from "@/lib/result/result";
import { choosePassword } from "@/lib/sign-in/actions";

export const metadata: Metadata = { title: "Choose a new password" };

/** Where the letter for a new password leads (REQ-F5). Looking changes nothing. */
export default async function ChoosePassword({ params }: PageProps<"/reset/[code]">) {
  const { code } = await params;
  const link = await findLink(await clientIp(), "reset-password", code);
  if (!link.ok)
    return (
      <DeadLink message={messageFor(LINK_MESSAGES, link)} again={{ href: "/login/mail?for=password" }} />
    );
  return (
    <PublicPage>
      <Ticket lead={link.value.email} title="Choose a new password">
        <p>You are logged in with it here, and logged out everywhere else.</p>
        <LinkForm action={choosePassword} code={code} withPassword button="Choose this password" />
      </Ticket>
    </PublicPage>
  );
}
