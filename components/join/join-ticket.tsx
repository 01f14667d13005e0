import { useLocale, useTimeZone, useTranslations } from "next-intl";
import { LogOutForm } from "@/components/accounts/log-out-form";
import { DeclineForm } from "@/components/join/decline-form";
import { JoinForm } from "@/components/join/join-form";
import { JoinHelp } from "@/components/join/join-help";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { Badge } from "@/components/ui/badge";
import { buttonClass } from "@/components/ui/button";
import { ExpiryRing } from "@/components/ui/expiry-ring";
import { InlineCode } from "@/components/ui/inline-code";
import type { SignedInAccount } from "@/lib/auth/session";
import { formatFullTime, formatRelativeTime } from "@/lib/i18n/format";
import type { InvitationByCode } from "@/lib/invitations/queries/by-code";
import { formatCode, parseInvitationCode } from "@/lib/links/invitation-link";

type Props = {
  invitation: InvitationByCode;
  account: SignedInAccount | null;
  code: string;
  proof: string | undefined;
};

const DAY = 24 * 60 * 60 * 1000;

/** A pending invitation: the role and address to join with, and the way to join for this visitor (REQ-D3). */
export function JoinTicket({ invitation, account, code, proof }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const timeZone = useTimeZone() ?? "UTC";
  const { organization, inviterName, role, email, expiresAt, now, expiryDays } = invitation;
  const left = (expiresAt.getTime() - now.getTime()) / DAY;
  return (
    <PublicPage
      name={organization.name}
      foot={<JoinHelp inviterName={inviterName} supportAddress={organization.supportAddress} isPending />}
    >
      <Ticket
        lead={
          inviterName
            ? t.rich("join.invitation.lead", {
                inviter: inviterName,
                name: (text) => <bdi>{text}</bdi>,
              })
            : t("join.invitation.leadWithoutInviter")
        }
        title={t.rich("join.invitation.title", {
          organization: organization.name,
          org: (text) => <bdi>{text}</bdi>,
        })}
        stub={
          <>
            <Badge tone={left < 1 ? "warn" : "info"} icon={<ExpiryRing days={expiryDays} left={left} />}>
              {t("join.invitation.expires", { when: formatRelativeTime(expiresAt, now, locale) })}
            </Badge>
            <InlineCode>{formatCode(parseInvitationCode(code) ?? "")}</InlineCode>
            <p>{t("join.invitation.expiresOn", { time: formatFullTime(expiresAt, locale, timeZone) })}</p>
          </>
        }
      >
        <p>
          {t.rich("join.invitation.role", {
            role,
            email,
            b: (text) => <strong>{text}</strong>,
          })}
        </p>
        <JoinOptions invitation={invitation} account={account} code={code} proof={proof} />
        {account && account.email !== email ? null : <DeclineForm code={code} />}
      </Ticket>
    </PublicPage>
  );
}

/**
 * The visitor is logged in as the invitee, logged in with a different address, logged out with an account, or
 * new.
 */
function JoinOptions({ invitation, account, code, proof }: Props) {
  const t = useTranslations();
  const currentPath = `/join/${encodeURIComponent(code)}${proof ? `?proof=${encodeURIComponent(proof)}` : ""}`;
  if (account && account.email !== invitation.email) {
    return (
      <>
        <p>{t("join.invitation.wrongAccount", { email: maskEmail(account.email) })}</p>
        <TicketActions>
          <LogOutForm
            callbackUrl={currentPath}
            label={t("common.signOutAndContinue")}
            className={buttonClass("primary")}
          />
        </TicketActions>
      </>
    );
  }
  if (account) return <JoinForm code={code} proof={proof} isNew={false} name="" />;
  if (invitation.account && (invitation.account.confirmed || !invitation.proven)) {
    return (
      <>
        <p>{t("join.invitation.accountExists")}</p>
        <TicketActions>
          <a
            className={buttonClass("primary")}
            href={`/o/${invitation.organization.slug}/login?callbackUrl=${encodeURIComponent(currentPath)}`}
          >
            {t("join.invitation.logIn")}
          </a>
        </TicketActions>
      </>
    );
  }
  return <JoinForm code={code} proof={proof} isNew name={invitation.name} />;
}

/** Returns "l…@fabrikam.org": enough to recognize one's own address without showing it to others. */
function maskEmail(email: string): string {
  return `${email[0]}…${email.slice(email.indexOf("@"))}`;
}
