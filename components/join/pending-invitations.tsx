"use client";

import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useActionState } from "react";
import { Button } from "@/components/ui/button";
import formStyles from "@/components/ui/form.module.css";
import layoutStyles from "@/components/ui/layout.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatRelativeTime } from "@/lib/i18n/format";
import { respondToInvitationAction } from "@/lib/invitations/actions";
import type { PendingInvitation } from "@/lib/invitations/queries/pending";

/**
 * The pending invitations of the signed-in account, to accept or decline (REQ-F5). Works without JavaScript.
 */
export function PendingInvitations({ invitations }: { invitations: PendingInvitation[] }) {
  const t = useTranslations();
  return (
    <ul className={layoutStyles.stack} aria-label={t("join.pending.list")}>
      {invitations.map((invitation) => (
        <li key={invitation.id}>
          <RespondForm invitation={invitation} />
        </li>
      ))}
    </ul>
  );
}

function RespondForm({ invitation }: { invitation: PendingInvitation }) {
  const t = useTranslations();
  const locale = useLocale();
  const [state, action] = useActionState(respondToInvitationAction, null);
  const { id, organization, role, inviterName, expiresAt, now } = invitation;
  const values = {
    organization: organization.name,
    role,
    when: formatRelativeTime(expiresAt, now, locale),
    org: (text: ReactNode) => (
      <strong>
        <bdi>{text}</bdi>
      </strong>
    ),
  };
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <p>
        {inviterName
          ? t.rich("join.pending.text", {
              ...values,
              inviter: inviterName,
              name: (text) => <bdi>{text}</bdi>,
            })
          : t.rich("join.pending.textWithoutInviter", values)}
      </p>
      <input type="hidden" name="invitation" value={id} />
      <div className={layoutStyles.row}>
        <SubmitButton
          name="answer"
          value="join"
          aria-label={t("join.pending.joinLabel", { organization: organization.name })}
        >
          {t("join.pending.join")}
        </SubmitButton>
        <Button
          type="submit"
          name="answer"
          value="decline"
          aria-label={t("join.pending.declineLabel", { organization: organization.name })}
        >
          {t("join.pending.decline")}
        </Button>
      </div>
    </form>
  );
}
