import type { Metadata } from "next";
import { DeadLink } from "@/components/accounts/dead-link";
import { LinkForm } from "@/components/accounts/link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { confirmMailbox } from "@/lib/accounts/actions";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findLink } from "@/lib/accounts/queries";
import { clientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Confirm your address" };

/** Where the confirmation letter leads (REQ-D9). Looking changes nothing. */
export default async function Confirm({ params }: PageProps<"/confirm/[code]">) {
  const { code } = await params;
  const link = await findLink(await clientIp(), "confirm-address", code);
  if (!link.ok)
    return (
      <DeadLink
        message={`${messageFor(LINK_MESSAGES, link)} While an address waits to be confirmed, your account page has its letter sent again.`}
        again={{ href: "/account", label: "Your account" }}
      />
    );
  const own = (await currentAccount())?.accountId === link.value.accountId;
  return (
    <PublicPage>
      <Ticket lead={link.value.email} title="Confirm your address">
        <p>
          {own
            ? "Press the button to confirm that this mailbox is yours."
            : "Somebody made an account for this address. Confirm it with a new password: the account is then yours alone, and everybody else is signed out of it."}
        </p>
        <LinkForm action={confirmMailbox} code={code} withPassword={!own} button="Confirm your address" />
      </Ticket>
    </PublicPage>
  );
}
