"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useInvitationActions } from "@/components/invitations/use-invitation-actions";
import actionRowStyles from "@/components/ui/action-row.module.css";
import { Button } from "@/components/ui/button";
import { ConfirmButton, type ConfirmButtonProps } from "@/components/ui/confirm-button";

/** A row with a title, a description and a button. */
export function DangerZoneRow({
  title,
  text,
  children,
}: {
  title: string;
  text: string;
  children: ReactNode;
}) {
  return (
    <div className={actionRowStyles.row}>
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      {children}
    </div>
  );
}

type ConfirmedRowProps = Omit<ConfirmButtonProps, "label" | "size"> & {
  title: string;
  text: string;
};

/** A row whose button asks for confirmation. A disabled button's reason replaces the description. */
export function ConfirmedRow({ title, text, ...confirm }: ConfirmedRowProps) {
  return (
    <DangerZoneRow title={title} text={confirm.disabledReason ?? text}>
      <ConfirmButton {...confirm} label={title} />
    </DangerZoneRow>
  );
}

/**
 * Revokes the invitation without confirmation; the toast, and this page for ten minutes, offer **Undo**
 * (REQ-C6).
 */
export function RevokeRow(props: {
  organization: string;
  invitation: { id: string; email: string };
  disabledReason: string | undefined;
}) {
  const t = useTranslations();
  const { revoke } = useInvitationActions(props.organization, props.invitation);
  return (
    <DangerZoneRow
      title={t("admin.users.profile.endAccess.revoke.action")}
      text={props.disabledReason ?? t("admin.users.profile.endAccess.revoke.hint")}
    >
      <Button variant="danger" disabledReason={props.disabledReason} onClick={revoke}>
        {t("admin.users.profile.endAccess.revoke.action")}
      </Button>
    </DangerZoneRow>
  );
}
