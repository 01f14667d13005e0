import { JoinHelp } from "@/components/join/join-help";
import { CodeButton } from "@/components/requests/code-button";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import { relativeTime } from "@/components/ui/relative-time";
import type { SignedIn } from "@/lib/auth/session";
import type { Found } from "@/lib/invitations/queries/by-code";
import type { InvitationStatus } from "@/lib/invitations/status";

type Ended = Exclude<InvitationStatus, "pending">;

const TITLES: Record<Ended, string> = {
  accepted: "This invitation was used",
  expired: "This invitation has expired",
  revoked: "This invitation was taken back",
  declined: "This invitation was declined",
  superseded: "There is a newer invitation",
};

type Props = {
  invitation: Found;
  account: SignedIn | null;
  code: string;
  /** Whoever holds the code has asked for a new one, and waits. */
  hasAsked: boolean;
};

/** What happened and what to do next, a page of its own for each end an invitation can take (REQ-D6). */
export function DeadInvitation({ invitation, account, code, hasAsked }: Props) {
  const { status, organization, inviterName, expiresAt, now } = invitation;
  if (status === "pending") return null;
  const inviter = inviterName ?? "whoever invited you";
  const words: Record<Ended, string> = {
    accepted: `An invitation works once, and this one let somebody into ${organization.name}. If that was you, ${account ? "go on" : "log in"}.`,
    expired: hasAsked
      ? `You have asked for a new one. Whoever invites people to ${organization.name} sees it; if you are invited again, a letter comes.`
      : `It ended ${relativeTime(expiresAt, now)}. Ask ${inviter} to send a new one. Or request it here: it goes to the address that was invited.`,
    revoked: `Somebody at ${organization.name} took it back. If you think that was a mistake, ask ${inviter}.`,
    declined: `You will not hear of it again. If you have changed your mind, ask ${inviter} to invite you once more.`,
    superseded:
      "It was replaced by one that was sent later. Open the latest letter; it may be in your junk folder.",
  };
  return (
    <PublicPage
      name={organization.name}
      foot={<JoinHelp inviterName={inviterName} supportAddress={organization.supportAddress} />}
    >
      <Ticket lead={organization.name} title={TITLES[status]}>
        <p>{words[status]}</p>
        {status === "expired" && !hasAsked ? <CodeButton code={code} to="again" /> : null}
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
