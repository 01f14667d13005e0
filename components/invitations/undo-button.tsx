"use client";

import { useInvitationActions } from "@/components/invitations/use-invitation-actions";
import { Button } from "@/components/ui/button";

/** Undoes a revocation while that is possible (REQ-C6). */
export function UndoButton({
  organization,
  invitation,
}: {
  organization: string;
  invitation: { id: string; email: string };
}) {
  const { undo } = useInvitationActions(organization, invitation);
  return (
    <Button size="small" onClick={undo} aria-label={`Undo revoking the invitation of ${invitation.email}`}>
      Undo
    </Button>
  );
}
