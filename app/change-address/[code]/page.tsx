import type { Metadata } from "next";
import { ConfirmEmailChangeForm } from "@/components/accounts/confirm-email-change-form";
import { InvalidLink } from "@/components/accounts/invalid-link";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { LINK_MESSAGES } from "@/lib/accounts/messages";
import { findAccountLink, findEmailChange } from "@/lib/accounts/queries";
import { currentClientIp } from "@/lib/actions/define-action";
import { currentAccount } from "@/lib/auth/current";
import { messageFor } from "@/lib/result/result";

export const metadata: Metadata = { title: "Change the address" };

/**
 * The page that both emails about a change of address link to. Opening it changes nothing; confirming requires the
 * account's own session.
 */
export default async function ChangeAddress({ params }: PageProps<"/change-address/[code]">) {
  const { code } = await params;
  const link = await findAccountLink(await currentClientIp(), "change-address", code);
  if (!link.ok)
    return (
      <InvalidLink
        message={`${messageFor(LINK_MESSAGES, link)} Your account page says which address you have, and changes it.`}
        retry={{ href: "/account", label: "Your account" }}
      />
    );
  const { accountId, email, recipient } = link.value;
  const account = await currentAccount();
  const change = account?.accountId === accountId ? (await findEmailChange(account)).pending : null;
  const currentPath = `/change-address/${encodeURIComponent(code)}`;
  return (
    <PublicPage>
      <Ticket lead={recipient} title="Change the address">
        {change ? (
          <>
            <p>
              Your account is to change from <strong>{email}</strong> to <strong>{change.to}</strong>. Press
              the button if you want that; it happens once both mailboxes have agreed.
            </p>
            <ConfirmEmailChangeForm code={code} />
          </>
        ) : account ? (
          <>
            <p>
              You are signed in as {account.email}. To change the address of {email}, log in to that account.
            </p>
            <TicketActions>
              <LogOutForm
                callbackUrl={currentPath}
                label="Sign out and continue"
                className={buttonClass("primary")}
              />
            </TicketActions>
          </>
        ) : (
          <>
            <p>
              Someone asked to change the address of {email}. If it was you, log in to confirm. If not, close
              this page; nothing changes.
            </p>
            <TicketActions>
              <a
                className={buttonClass("primary")}
                href={`/login?callbackUrl=${encodeURIComponent(currentPath)}`}
              >
                Log in
              </a>
            </TicketActions>
          </>
        )}
      </Ticket>
    </PublicPage>
  );
}
