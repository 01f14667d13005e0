import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import type { SignedIn } from "@/lib/auth/session";
import { ACCEPT_WORDS } from "@/lib/invitations/messages";
import type { Found } from "@/lib/invitations/queries/by-code";

const TITLES = {
  accepted: "This invitation was used",
  expired: "This invitation has expired",
  revoked: "This invitation was taken back",
  declined: "This invitation was declined",
  superseded: "There is a newer invitation",
};

/** What happened to the invitation and what to do next, for each end it can take (R D6). */
export function DeadInvitation({ invitation, account }: { invitation: Found; account: SignedIn | null }) {
  const { status, organization, inviterName } = invitation;
  if (status === "pending") return null;
  const words = ACCEPT_WORDS[status];
  return (
    <PublicPage name={organization.name}>
      <Ticket lead={organization.name} title={TITLES[status]}>
        <p>{typeof words === "string" ? words : null}</p>
        {status === "accepted" ? (
          <TicketActions>
            <a className={buttonClass("primary")} href={account ? "/" : `/o/${organization.slug}/login`}>
              {account ? "Go on" : "Log in"}
            </a>
          </TicketActions>
        ) : (
          <p>
            Ask {inviterName ?? "whoever invited you"}
            {organization.supportAddress ? `, or ${organization.supportAddress},` : ""} if you still want to
            join.
          </p>
        )}
      </Ticket>
    </PublicPage>
  );
}
