import { LogOutForm } from "@/components/accounts/log-out-form";
import { DeclineForm } from "@/components/join/decline-form";
import { JoinForm } from "@/components/join/join-form";
import { JoinHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { absoluteTime, relativeTime } from "@/components/ui/relative-time";
import { ExpiryRing } from "@/components/ui/ring";
import type { SignedIn } from "@/lib/auth/session";
import type { Found } from "@/lib/invitations/queries/by-code";
import { printCode, readCode } from "@/lib/links/invitation-link";
import { ROLE_NAMES } from "@/lib/permissions/roles";

type Props = { invitation: Found; account: SignedIn | null; code: string; proof: string | undefined };

const DAY = 24 * 60 * 60 * 1000;

/** A pending invitation: as whom one joins, and the way in for whoever is looking (REQ-D3). */
export function LiveInvitation({ invitation, account, code, proof }: Props) {
  const { organization, inviterName, role, email, expiresAt, now, expiryDays } = invitation;
  const left = (expiresAt.getTime() - now.getTime()) / DAY;
  return (
    <PublicPage
      name={organization.name}
      foot={<JoinHelp inviterName={inviterName} supportAddress={organization.supportAddress} />}
    >
      <Ticket
        lead={inviterName ? `${inviterName} invited you` : "You are invited"}
        title={`Join ${organization.name}`}
        stub={
          <>
            <Badge tone={left < 1 ? "warn" : "info"} mark={<ExpiryRing days={expiryDays} left={left} />}>
              Expires {relativeTime(expiresAt, now)}
            </Badge>
            <Code>{printCode(readCode(code) ?? "")}</Code>
            <p>Until {absoluteTime(expiresAt)}.</p>
          </>
        }
      >
        <p>
          You will join as <strong>{ROLE_NAMES[role]}</strong>, using <strong>{email}</strong>.
        </p>
        <WayIn invitation={invitation} account={account} code={code} proof={proof} />
        {account && account.email !== email ? null : <DeclineForm code={code} />}
      </Ticket>
    </PublicPage>
  );
}

/** Signed in as the invited, as somebody else, known but signed out, or new. */
function WayIn({ invitation, account, code, proof }: Props) {
  const here = `/join/${encodeURIComponent(code)}${proof ? `?proof=${encodeURIComponent(proof)}` : ""}`;
  if (account && account.email !== invitation.email) {
    return (
      <>
        <p>You are signed in as {mask(account.email)}, so you cannot join with this invitation.</p>
        <TicketActions>
          <LogOutForm callbackUrl={here} label="Sign out and continue" className={buttonClass("primary")} />
        </TicketActions>
      </>
    );
  }
  if (account) return <JoinForm code={code} proof={proof} asNew={false} />;
  if (invitation.account && (invitation.account.confirmed || !invitation.proven)) {
    return (
      <>
        <p>There is an account for this address already. Log in with it, then join with one press.</p>
        <TicketActions>
          <a
            className={buttonClass("primary")}
            href={`/o/${invitation.organization.slug}/login?callbackUrl=${encodeURIComponent(here)}`}
          >
            Log in
          </a>
        </TicketActions>
      </>
    );
  }
  return <JoinForm code={code} proof={proof} asNew />;
}

/** "l…@fabrikam.org": enough to recognize one's own address, nothing to read off somebody else's screen. */
function mask(email: string): string {
  return `${email[0]}…${email.slice(email.indexOf("@"))}`;
}
