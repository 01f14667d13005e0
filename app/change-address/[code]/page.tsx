import type { Metadata } from "next";
import { AgreeForm } from "@/components/accounts/agree-form";
import { DeadLink } from "@/components/accounts/dead-link";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAddressChange, findLink } from "@/lib/accounts/queries";
import { clientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Change the address" };

/** Where both letters about a change of address lead. Looking changes nothing; a press counts in the account's own session. */
export default async function ChangeAddress({ params }: PageProps<"/change-address/[code]">) {
  const { code } = await params;
  const link = await findLink(await clientIp(), "change-address", code);
  if (!link.ok)
    return (
      <DeadLink
        message={`${messageFor(LINK_MESSAGES, link)} Your account page says which address you have, and changes it.`}
        again={{ href: "/account", label: "Your account" }}
      />
    );
  const { accountId, email, mailbox } = link.value;
  const account = await currentAccount();
  const own = account?.accountId === accountId ? (await findAddressChange(account)).open : null;
  const here = `/change-address/${encodeURIComponent(code)}`;
  return (
    <PublicPage>
      <Ticket lead={mailbox} title="Change the address">
        {own ? (
          <>
            <p>
              Your account is to change from <strong>{email}</strong> to <strong>{own.to}</strong>. Press the
              button if you want that; it happens once both mailboxes have agreed.
            </p>
            <AgreeForm code={code} />
          </>
        ) : account ? (
          <>
            <p>
              You are signed in as {account.email}. To change the address of {email}, log in to that account.
            </p>
            <TicketActions>
              <LogOutForm
                callbackUrl={here}
                label="Sign out and continue"
                className={buttonClass("primary")}
              />
            </TicketActions>
          </>
        ) : (
          <>
            <p>
              Somebody asked to change the address of the account of {email}. If that was you, log in to it,
              and press the button there. If it was not, close this page: nothing happens.
            </p>
            <TicketActions>
              <a className={buttonClass("primary")} href={`/login?callbackUrl=${encodeURIComponent(here)}`}>
                Log in
              </a>
            </TicketActions>
          </>
        )}
      </Ticket>
    </PublicPage>
  );
}
