"use client";

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

type ChangedRows = { invitations: InvitationRow[]; users: UserRow[] };

/**
 * Returns the actions of an invitation's row. Each shows the changed row and a toast; clicks while an action
 * is running are ignored.
 */
export function useInvitationActions(organization: string, invitation: { id: string; email: string }) {
  const toast = useToast();
  const addRows = useApplyRows();
  const isRunning = useRef(false);
  const ref = { organization, invitation: invitation.id };

  const runAction = async (
    action: (input: typeof ref) => Promise<ActionResult<ChangedRows>>,
    title: string,
    undo?: () => void,
  ) => {
    if (isRunning.current) return;
    isRunning.current = true;
    const result = await action(ref).catch(() => null);
    isRunning.current = false;
    if (!result)
      return toast({
        title: "The server could not be reached",
        description: "Whether it was done, the row says once there is an answer again.",
        tone: "bad",
      });
    if (!result.ok) return toast({ title: "Nothing was changed", description: result.message, tone: "bad" });
    addRows(result.value);
    toast({
      title,
      tone: "ok",
      key: invitation.id,
      ...(undo ? { action: { label: "Undo", onSelect: undo } } : {}),
    });
  };
  const undo = () =>
    runAction(undoRevokeInvitationAction, `${invitation.email} is invited again, with the same code`);
  return {
    undo,
    resend: () => runAction(resendInvitationAction, `Invitation to ${invitation.email} resent`),
    renew: () => runAction(renewInvitationAction, `New invitation for ${invitation.email} made`),
    resumeEmails: (member: string) =>
      runAction(() => resumeEmailsAction({ organization, member }), `Emails to ${invitation.email} resumed`),
    revoke: () => runAction(revokeInvitationAction, `Invitation to ${invitation.email} revoked`, undo),
    fetchText: async (shape: "code" | "link"): Promise<string> => {
      const result = await copyInvitationAction({ ...ref, shape });
      if (!result.ok) throw new Error(result.message);
      return result.value.text;
    },
  };
}
