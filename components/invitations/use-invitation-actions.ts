"use client";

import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useApplyRows } from "@/components/members/row-updates";
import { useToast } from "@/components/ui/toast";
import {
  copyInvitationAction,
  renewInvitationAction,
  resendInvitationAction,
  revokeInvitationAction,
  undoRevokeInvitationAction,
} from "@/lib/admin/invitation-actions";
import { resumeEmailsAction } from "@/lib/admin/user-actions";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";
import type { ActionResult } from "@/lib/result/action-result";

type ActionName = "resend" | "renew" | "revoke" | "undo" | "resumeEmails";

type ChangedRows = { invitations: InvitationRow[]; users: UserRow[] };

/**
 * Returns the actions of an invitation's row. Each shows the changed row and a toast; clicks while an action
 * is running are ignored.
 */
export function useInvitationActions(organization: string, invitation: { id: string; email: string }) {
  const t = useTranslations();
  const toast = useToast();
  const addRows = useApplyRows();
  const isRunning = useRef(false);
  const ref = { organization, invitation: invitation.id };

  const runAction = async (
    name: ActionName,
    action: (input: typeof ref) => Promise<ActionResult<ChangedRows>>,
    { description, onUndo }: { description?: string; onUndo?: () => void } = {},
  ) => {
    if (isRunning.current) return;
    isRunning.current = true;
    const result = await action(ref).catch(() => null);
    isRunning.current = false;
    if (!result)
      return toast({
        title: t("errors.unreachable.title"),
        description: t("errors.unreachable.unconfirmed"),
        tone: "bad",
      });
    if (!result.ok)
      return toast({
        title: t(`admin.invitations.toasts.${name}.failed`),
        description: result.message,
        tone: "bad",
      });
    addRows(result.value);
    toast({
      title: t(`admin.invitations.toasts.${name}.done`, { email: invitation.email }),
      ...(description ? { description } : {}),
      tone: "ok",
      key: invitation.id,
      ...(onUndo ? { action: { label: t("admin.invitations.menu.undo"), onSelect: onUndo } } : {}),
    });
  };
  const undo = () => runAction("undo", undoRevokeInvitationAction);
  return {
    undo,
    resend: () => runAction("resend", resendInvitationAction),
    renew: () =>
      runAction("renew", renewInvitationAction, { description: t("admin.invitations.toasts.renew.hint") }),
    resumeEmails: (member: string) =>
      runAction("resumeEmails", () => resumeEmailsAction({ organization, member })),
    revoke: () => runAction("revoke", revokeInvitationAction, { onUndo: undo }),
    fetchText: async (shape: "code" | "link"): Promise<string> => {
      const result = await copyInvitationAction({ ...ref, shape }).catch(() => null);
      if (!result?.ok) throw new Error(result?.message ?? t("errors.actions.unreachable"));
      return result.value.text;
    },
  };
}
