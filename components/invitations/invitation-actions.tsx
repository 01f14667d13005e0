"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
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
  const toast = useToast();
  const [manualCopyText, setManualCopyText] = useState<string | null>(null);
  const actions = useInvitationActions(organization, invitation);
  const onCopyFailed = (reason: unknown) =>
    toast({
      title: "Not copied",
      description: reason instanceof Error ? reason.message : "Try again.",
      tone: "bad",
    });
  const copy = async (shape: "code" | "link") => {
    try {
      const { copied, text } = await copyToClipboard(() => actions.fetchText(shape));
      if (copied)
        toast({ title: shape === "link" ? "Invitation link copied" : "Invitation code copied", tone: "ok" });
      else setManualCopyText(text);
    } catch (reason) {
      onCopyFailed(reason);
    }
  };
  const disabledReason = (action: MenuAction) =>
    may[REQUIRED_PERMISSIONS[action]]
      ? disabledInvitationReason(action, invitation)
      : `You need the permission ${REQUIRED_PERMISSIONS[action]}`;
  // In the order of the menu.
  const items: Record<MenuAction, (MenuItem | null)[]> = {
    copy: [
      {
        label: "Copy invitation link",
        onSelect: () => copy("link"),
        disabledReason: disabledReason("copy"),
      },
      {
        label: "Copy invitation code",
        onSelect: () => copy("code"),
        disabledReason: disabledReason("copy"),
      },
      null,
    ],
    resend: [
      {
        label: "Resend invitation link",
        onSelect: actions.resend,
        disabledReason: disabledReason("resend"),
      },
    ],
    renew: [
      { label: "Send new invitation", onSelect: actions.renew, disabledReason: disabledReason("renew") },
      ...(invitation.emailSuppression
        ? [
            {
              label: "Resume emails",
              onSelect: () => actions.resumeEmails(invitation.memberId),
              disabledReason: may[RESUME_PERMISSION]
                ? undefined
                : `You need the permission ${RESUME_PERMISSION}`,
            },
          ]
        : []),
      null,
    ],
    revoke: [
      {
        label: "Revoke invitation",
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
            label={`Copy invitation code for ${invitation.email}`}
            copy={() => actions.fetchText("code")}
            onFailed={onCopyFailed}
            disabledReason={disabledReason("copy")}
          />
          <IconButton
            label={`Resend invitation to ${invitation.email}`}
            icon={<RotateCw size={16} aria-hidden />}
            disabledReason={disabledReason("resend")}
            onClick={actions.resend}
          />
        </>
      )}
      <ActionMenu label={`Actions for ${invitation.email}`} items={Object.values(items).flat()} />
      <CopyDialog text={manualCopyText} close={() => setManualCopyText(null)} />
    </RowActions>
  );
}
