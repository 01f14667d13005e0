import type { Metadata } from "next";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LinkForm } from "@/components/accounts/link-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket } from "@/components/ticket/ticket";
import { confirmAddressAction } from "@/lib/accounts/actions";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Confirm your address" };

/** The page that the confirmation email links to (REQ-D9). Opening it changes nothing. */
export default async function Confirm({ params }: PageProps<"/confirm/[code]">) {
  const { code } = await params;
  const link = await findAccountLink(await currentClientIp(), "confirm-address", code);
  if (!link.ok)
    return (
      <InvalidLink
        message={`${messageFor(LINK_MESSAGES, link)} You can get a new link on your account page.`}
        retry={{ href: "/account", label: "Your account" }}
      />
    );
  const isOwnSession = (await currentAccount())?.accountId === link.value.accountId;
  return (
    <PublicPage>
      <Ticket lead={link.value.email} title="Confirm your address">
        <p>
          {isOwnSession
            ? "Press the button to confirm that this mailbox is yours."
            : "An account was created with this address. Set a new password to make it yours; everyone else is logged out of it."}
        </p>
        <LinkForm
          action={confirmAddressAction}
          code={code}
          asksPassword={!isOwnSession}
          label="Confirm your address"
        />
      </Ticket>
    </PublicPage>
  );
}
