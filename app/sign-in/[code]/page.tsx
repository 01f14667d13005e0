import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { LinkForm } from "@/components/accounts/link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import { clientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { findOfferAt } from "@/lib/invitations/queries/offers";
import { ROLE_NAMES } from "@/lib/permissions/roles";
import { messageFor } from "@/lib/result/result";
import { takeSignInLink } from "@/lib/sign-in/actions";

export const metadata: Metadata = { title: "Log in" };

/** A one-time sign-in link (REQ-F5, REQ-H3): a press takes it, looking does not. */
export default async function SignInByLink({ params }: PageProps<"/sign-in/[code]">) {
  const { code } = await params;
  const link = await findLink(await clientIp(), "sign-in", code);
  if (!link.ok) return <DeadLink message={messageFor(LINK_MESSAGES, link)} again={{ href: "/login/mail" }} />;
  const { accountId, email, name, confirmed, slug } = link.value;
  const offer = slug ? await findOfferAt(slug, email) : null;
  const account = await currentAccount();
  const isOther = account !== null && account.accountId !== accountId;
  const asNew = !confirmed && account?.accountId !== accountId;
  return (
    <PublicPage name={offer?.organization.name}>
      <Ticket lead={email} title={asNew ? "Make this account yours" : `Log in as ${name}`}>
        {asNew ? (
          <p>
            Somebody made an account for this address. Log in with a new password: the account is then yours
            alone, and everybody else is signed out of it.
          </p>
        ) : null}
        {offer ? (
          <p>
            You also join <strong>{offer.organization.name}</strong> as{" "}
            <strong>{ROLE_NAMES[offer.role]}</strong>, as you were invited.
          </p>
        ) : (
          <p>This link works once.</p>
        )}
        {isOther ? (
          <p>You are signed in as {account.email} in this browser. That ends here when you go on.</p>
        ) : null}
        <LinkForm
          action={takeSignInLink}
          code={code}
          withPassword={asNew}
          button={offer ? `Log in and join` : "Log in"}
        />
      </Ticket>
    </PublicPage>
  );
}
