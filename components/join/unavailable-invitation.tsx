import { JoinHelp } from "@/components/join/join-help";
import { CodeActionForm } from "@/components/requests/code-action-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { formatRelativeTime } from "@/components/ui/format-time";
import type { SignedInAccount } from "@/lib/auth/session";
import type { InvitationByCode } from "@/lib/invitations/queries/by-code";
import type { InvitationStatus } from "@/lib/invitations/status";

type UnavailableStatus = Exclude<InvitationStatus, "pending">;

const TITLES: Record<UnavailableStatus, string> = {
  accepted: "This invitation was used",
  expired: "This invitation has expired",
  revoked: "This invitation was revoked",
  declined: "This invitation was declined",
  superseded: "There is a newer invitation",
};

type Props = {
  invitation: InvitationByCode;
  account: SignedInAccount | null;
  code: string;
  /** True if a new invitation was requested with the code and the request is open. */
  hasRequested: boolean;
};

/** The page of an invitation that is no longer pending: what happened and what to do next (REQ-D6). */
export function UnavailableInvitation({ invitation, account, code, hasRequested }: Props) {
  const { status, organization, inviterName, expiresAt, now } = invitation;
  if (status === "pending") return null;
  const inviter = inviterName ?? "the person who invited you";
  const texts: Record<UnavailableStatus, string> = {
    accepted: `If that was you, ${account ? `continue to ${organization.name}` : "log in"}.`,
    expired: hasRequested
      ? `Request sent. We'll email you if ${organization.name} sends a new invitation.`
      : `It ended ${formatRelativeTime(expiresAt, now)}. Ask ${inviter} to send a new one. Or request it here: it goes to the address that was invited.`,
    revoked: `${organization.name} revoked it. Think it's a mistake? Ask ${inviter}.`,
    declined: `We won't remind you. Changed your mind? Ask ${inviter} for a new one.`,
    superseded: "Open the link in the most recent email. Check your spam folder too.",
  };
  return (
    <PublicPage
      name={organization.name}
      foot={<JoinHelp inviterName={inviterName} supportAddress={organization.supportAddress} />}
    >
      <Ticket lead={organization.name} title={TITLES[status]}>
        <p>{texts[status]}</p>
        {status === "expired" && !hasRequested ? <CodeActionForm code={code} purpose="renew" /> : null}
        {status === "accepted" ? (
          <TicketActions>
            <a className={buttonClass("primary")} href={account ? "/" : `/o/${organization.slug}/login`}>
              {account ? "Go on" : "Log in"}
            </a>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}
