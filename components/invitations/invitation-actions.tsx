"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { useInvitationActions } from "@/components/invitations/use-invitation-actions";
import { RowActions } from "@/components/table/row-actions";
import { ActionMenu } from "@/components/ui/action-menu";
import type { MenuItem } from "@/components/ui/action-menu-popup";
import { IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyDialog } from "@/components/ui/copy-dialog";
import { copyToClipboard } from "@/components/ui/copy-to-clipboard";
import { useToast } from "@/components/ui/toast";
import {
  disabledInvitationReason,
  type InvitationAction,
  type InvitationStatus,
} from "@/lib/invitations/status";
import type { EmailSuppression } from "@/lib/mail/bounces";
import { missingPermissionMessage } from "@/lib/permissions/messages";
import type { Permission } from "@/lib/permissions/permissions";

/** The data of an invitation that its actions need. */
export type ActionableInvitation = {
  id: string;
  email: string;
  status: InvitationStatus;
  resendCount: number;
  resendLimit: number;
  memberId: string;
  emailSuppression: EmailSuppression | null;
};

/** Accepting and declining are the invitee's; the menu has every other action. */
type MenuAction = Exclude<InvitationAction, "accept" | "decline">;

const REQUIRED_PERMISSIONS = {
  copy: "invitations:copy_link",
  resend: "invitations:resend",
  renew: "invitations:create",
  revoke: "invitations:revoke",
} as const satisfies Record<MenuAction, Permission>;
const RESUME_PERMISSION = "users:update" satisfies Permission;

/** Which of the permissions that the actions need the actor has. */
export type InvitationPermissions = Record<
  (typeof REQUIRED_PERMISSIONS)[MenuAction] | typeof RESUME_PERMISSION,
  boolean
>;

type Props = {
  organization: string;
  invitation: ActionableInvitation;
  may: InvitationPermissions;
  /** Hides the copy and resend buttons, as in the user list. */
  menuOnly?: boolean;
};

/**
 * The copy and resend buttons and the ••• menu of a row (REQ-C2). Disabled actions stay focusable and give
 * the reason.
 */
export function InvitationActions({ organization, invitation, may, menuOnly }: Props) {
  const t = useTranslations();
  const locale = useLocale();
  const toast = useToast();
  const [manualCopyText, setManualCopyText] = useState<string | null>(null);
  const actions = useInvitationActions(organization, invitation);
  const onCopyFailed = (reason: unknown) =>
    toast({
      title: t("admin.invitations.toasts.copyFailed"),
      description: reason instanceof Error ? reason.message : t("errors.actions.unreachable"),
      tone: "bad",
    });
  const copy = async (shape: "code" | "link") => {
    try {
      const { copied, text } = await copyToClipboard(() => actions.fetchText(shape));
      if (copied)
        toast({
          title: t(
            shape === "link" ? "admin.invitations.toasts.linkCopied" : "admin.invitations.toasts.codeCopied",
          ),
          tone: "ok",
        });
      else setManualCopyText(text);
    } catch (reason) {
      onCopyFailed(reason);
    }
  };
  const disabledReason = (action: MenuAction) =>
    may[REQUIRED_PERMISSIONS[action]]
      ? disabledInvitationReason(t, action, invitation)
      : missingPermissionMessage({ t, locale }, REQUIRED_PERMISSIONS[action]);
  // In the order of the menu.
  const items: Record<MenuAction, (MenuItem | null)[]> = {
    copy: [
      {
        label: t("admin.invitations.menu.copyLink"),
        onSelect: () => copy("link"),
        disabledReason: disabledReason("copy"),
      },
      {
        label: t("admin.invitations.menu.copyCode"),
        onSelect: () => copy("code"),
        disabledReason: disabledReason("copy"),
      },
      null,
    ],
    resend: [
      {
        label: t("admin.invitations.menu.resend"),
        onSelect: actions.resend,
        disabledReason: disabledReason("resend"),
      },
    ],
    renew: [
      {
        label: t("admin.invitations.menu.renew"),
        onSelect: actions.renew,
        disabledReason: disabledReason("renew"),
      },
      ...(invitation.emailSuppression
        ? [
            {
              label: t("admin.invitations.menu.resumeEmails"),
              onSelect: () => actions.resumeEmails(invitation.memberId),
              disabledReason: may[RESUME_PERMISSION]
                ? undefined
                : missingPermissionMessage({ t, locale }, RESUME_PERMISSION),
            },
          ]
        : []),
      null,
    ],
    revoke: [
      {
        label: t("admin.invitations.menu.revoke"),
        onSelect: actions.revoke,
        disabledReason: disabledReason("revoke"),
        danger: true,
      },
    ],
  };
  return (
    <RowActions>
      {menuOnly ? null : (
        <>
          <CopyButton
            label={t("admin.invitations.menu.copyCodeFor", { email: invitation.email })}
            copy={() => actions.fetchText("code")}
            onFailed={onCopyFailed}
            disabledReason={disabledReason("copy")}
          />
          <IconButton
            label={t("admin.invitations.menu.resendTo", { email: invitation.email })}
            icon={<RotateCw size={16} aria-hidden />}
            disabledReason={disabledReason("resend")}
            onClick={actions.resend}
          />
        </>
      )}
      <ActionMenu
        label={t("admin.invitations.menu.label", { email: invitation.email })}
        items={Object.values(items).flat()}
      />
      <CopyDialog text={manualCopyText} close={() => setManualCopyText(null)} />
    </RowActions>
  );
}
