import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { JoinHelp } from "@/components/join/join-help";
import { CodeActionForm } from "@/components/requests/code-action-form";
import { PublicPage } from "@/components/ticket/public-page";
import { Ticket, TicketActions } from "@/components/ticket/ticket";
import { buttonClass } from "@/components/ui/button";
import type { SignedInAccount } from "@/lib/auth/session";
import { formatRelativeTime } from "@/lib/i18n/format";
import type { InvitationByCode } from "@/lib/invitations/queries/by-code";

type Props = {
  invitation: InvitationByCode;
  account: SignedInAccount | null;
  code: string;
  /** True if a new invitation was requested with the code and the request is open. */
  hasRequested: boolean;
};

/** The page of an invitation that is no longer pending: what happened and what to do next (REQ-D6). */
export function UnavailableInvitation(props: Props) {
  const t = useTranslations();
  const { invitation, account, code, hasRequested } = props;
  const { status, organization, inviterName } = invitation;
  if (status === "pending") return null;
  const org = (text: ReactNode) => <bdi>{text}</bdi>;
  return (
    <PublicPage
      name={organization.name}
      foot={<JoinHelp inviterName={inviterName} supportAddress={organization.supportAddress} />}
    >
      <Ticket lead={organization.name} title={t(`join.unavailable.${status}.title`)}>
        <p>
          <Explanation {...props} />
        </p>
        {status === "expired" && !hasRequested ? (
          <CodeActionForm code={code} purpose="renew" label={t("join.unavailable.expired.request")} />
        ) : null}
        {status === "accepted" ? (
          <TicketActions>
            <a className={buttonClass("primary")} href={account ? "/" : `/o/${organization.slug}/login`}>
              {account
                ? t.rich("join.unavailable.accepted.continue", { organization: organization.name, org })
                : t("join.unavailable.accepted.logIn")}
            </a>
          </TicketActions>
        ) : null}
      </Ticket>
    </PublicPage>
  );
}

function Explanation({ invitation, account, hasRequested }: Props): ReactNode {
  const t = useTranslations();
  const locale = useLocale();
  const { status, inviterName: inviter, expiresAt, now } = invitation;
  const organization = invitation.organization.name;
  const name = (text: ReactNode) => <bdi>{text}</bdi>;
  const org = name;
  switch (status) {
    case "pending":
      return null;
    case "accepted":
      return account
        ? t.rich("join.unavailable.accepted.textLoggedIn", { organization, org })
        : t("join.unavailable.accepted.text");
    case "expired": {
      if (hasRequested) return t.rich("join.unavailable.expired.textRequested", { organization, org });
      const when = formatRelativeTime(expiresAt, now, locale);
      return inviter
        ? t.rich("join.unavailable.expired.text", { when, inviter, name })
        : t("join.unavailable.expired.textWithoutInviter", { when });
    }
    case "revoked":
      return inviter
        ? t.rich("join.unavailable.revoked.text", { organization, org, inviter, name })
        : t.rich("join.unavailable.revoked.textWithoutInviter", { organization, org });
    case "declined":
      return inviter
        ? t.rich("join.unavailable.declined.text", { inviter, name })
        : t("join.unavailable.declined.textWithoutInviter");
    case "superseded":
      return t("join.unavailable.superseded.text");
  }
}
