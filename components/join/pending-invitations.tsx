"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import formStyles from "@/components/ui/form.module.css";
import { formatRelativeTime } from "@/components/ui/format-time";
import layoutStyles from "@/components/ui/layout.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { respondToInvitationAction } from "@/lib/invitations/actions";
import type { PendingInvitation } from "@/lib/invitations/queries/pending";
import { ROLE_NAMES } from "@/lib/permissions/roles";

/**
 * The pending invitations of the signed-in account, to accept or decline (REQ-F5). Works without JavaScript.
 */
export function PendingInvitations({ invitations }: { invitations: PendingInvitation[] }) {
  return (
    <ul className={layoutStyles.stack} aria-label="Invitations for you">
      {invitations.map((invitation) => (
        <li key={invitation.id}>
          <RespondForm invitation={invitation} />
        </li>
      ))}
    </ul>
  );
}

function RespondForm({ invitation }: { invitation: PendingInvitation }) {
  const [state, action] = useActionState(respondToInvitationAction, null);
  const { id, organization, role, inviterName, expiresAt, now } = invitation;
  return (
    <form action={action} className={formStyles.form}>
      <FormError>{state?.ok === false ? state.message : null}</FormError>
      <p>
        {inviterName ?? "Someone"} invited you to join <strong>{organization.name}</strong> as{" "}
        {ROLE_NAMES[role]}. It expires {formatRelativeTime(expiresAt, now)}.
      </p>
      <input type="hidden" name="invitation" value={id} />
      <div className={layoutStyles.row}>
        <SubmitButton name="answer" value="join" aria-label={`Join ${organization.name}`}>
          Join
        </SubmitButton>
        <Button type="submit" name="answer" value="decline" aria-label={`Decline ${organization.name}`}>
          Decline
        </Button>
      </div>
    </form>
  );
}
