"use client";

import { useTranslations } from "next-intl";
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
  const t = useTranslations();
  const { undo } = useInvitationActions(organization, invitation);
  return (
    <Button
      size="small"
      onClick={undo}
      aria-label={t("admin.invitations.menu.undoLabel", { email: invitation.email })}
    >
      {t("admin.invitations.menu.undo")}
    </Button>
  );
}
