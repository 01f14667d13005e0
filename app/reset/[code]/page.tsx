import type { Metadata } from "next";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LinkForm } from "@/components/accounts/link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { messageFor } from "@/lib/result/result";
import { resetPasswordAction } from "@/lib/sign-in/actions";

export const metadata: Metadata = { title: "Choose a new password" };

/** The page that the password reset email links to (REQ-F5). Opening it changes nothing. */
export default async function ResetPassword({ params }: PageProps<"/reset/[code]">) {
  const { code } = await params;
  const link = await findAccountLink(await currentClientIp(), "reset-password", code);
  if (!link.ok)
    return (
      <InvalidLink message={messageFor(LINK_MESSAGES, link)} retry={{ href: "/login/mail?for=password" }} />
    );
  return (
    <PublicPage>
      <Ticket lead={link.value.email} title="Choose a new password">
        <p>You are logged in with it here, and logged out everywhere else.</p>
        <LinkForm action={resetPasswordAction} code={code} asksPassword label="Choose this password" />
      </Ticket>
    </PublicPage>
  );
}
