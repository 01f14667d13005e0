import type { Metadata } from "next";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LinkForm } from "@/components/accounts/link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { findPendingInvitationIn } from "@/lib/invitations/queries/pending";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { messageFor } from "@/lib/result/result";
import { consumeSignInLinkAction } from "@/lib/sign-in/actions";

export const metadata: Metadata = { title: "Log in" };

/** The page of a one-time sign-in link (REQ-F5, REQ-H3). Opening it does not consume the link. */
export default async function SignInByLink({ params }: PageProps<"/sign-in/[code]">) {
  const { code } = await params;
  const link = await findAccountLink(await currentClientIp(), "sign-in", code);
  if (!link.ok)
    return <InvalidLink message={messageFor(LINK_MESSAGES, link)} retry={{ href: "/login/mail" }} />;
  const { accountId, email, name, confirmed, slug } = link.value;
  const invitation = slug ? await findPendingInvitationIn(slug, email) : null;
  const account = await currentAccount();
  const isOtherAccount = account !== null && account.accountId !== accountId;
  const isClaim = !confirmed && account?.accountId !== accountId;
  return (
    <PublicPage name={invitation?.organization.name}>
      <Ticket lead={email} title={isClaim ? "Make this account yours" : `Log in as ${name}`}>
        {isClaim ? (
          <p>
            An account was created with this address. Set a new password to make it yours; everyone else is
            logged out of it.
          </p>
        ) : null}
        {invitation ? (
          <p>
            You also join <strong>{invitation.organization.name}</strong> as{" "}
            <strong>{ROLE_NAMES[invitation.role]}</strong>, as you were invited.
          </p>
        ) : (
          <p>This link works once.</p>
        )}
        {isOtherAccount ? (
          <p>You are signed in as {account.email} in this browser. That ends here when you go on.</p>
        ) : null}
        <LinkForm
          action={consumeSignInLinkAction}
          code={code}
          asksPassword={isClaim}
          label={invitation ? `Log in and join` : "Log in"}
        />
      </Ticket>
    </PublicPage>
  );
}
