"use client";

import { useInvitationMoves } from "@/components/invitations/use-invitation-moves";
import { Button } from "@/components/ui/button";

/** Takes a revocation back while that is possible (REQ-C6). */
export function UndoButton({
  organization,
  invitation,
}: {
  organization: string;
  invitation: { id: string; email: string };
}) {
  const { undo } = useInvitationMoves(organization, invitation);
  return (
    <Button size="small" onClick={undo} aria-label={`Undo revoking the invitation of ${invitation.email}`}>
      Undo
    </Button>
  );
}
