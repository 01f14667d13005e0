"use client";

import { useRef } from "react";
import { useAddRows } from "@/components/members/fresh-rows";
import { useToast } from "@/components/ui/toast";
import {
  copyInvitation,
  resendInvitation,
  revokeInvitation,
  sendNewInvitation,
  undoRevokeInvitation,
} from "@/lib/admin/invitation-actions";
import { allowLettersToUser } from "@/lib/admin/user-actions";
import type { InvitationRow } from "@/lib/invitations/queries/list";
import type { UserRow } from "@/lib/members/queries/list";
import type { ActionResult } from "@/lib/result/action-result";

type Changed = { invitations: InvitationRow[]; users: UserRow[] };

/**
 * What can be done to an invitation from its row. Each shows the changed row at once and says what happened; a second
 * press while the first is on its way does nothing.
 */
export function useInvitationMoves(organization: string, invitation: { id: string; email: string }) {
  const toast = useToast();
  const show = useAddRows();
  const busy = useRef(false);
  const ref = { organization, invitation: invitation.id };

  const move = async (
    send: (sent: typeof ref) => Promise<ActionResult<Changed>>,
    title: string,
    undo?: () => void,
  ) => {
    if (busy.current) return;
    busy.current = true;
    const result = await send(ref).catch(() => null);
    busy.current = false;
    if (!result)
      return toast({
        title: "The server could not be reached",
        text: "Whether it was done, the row says once there is an answer again.",
        tone: "bad",
      });
    if (!result.ok) return toast({ title: "Nothing was changed", text: result.message, tone: "bad" });
    show(result.value);
    toast({
      title,
      tone: "ok",
      about: invitation.id,
      ...(undo ? { action: { label: "Undo", onSelect: undo } } : {}),
    });
  };
  const undo = () => move(undoRevokeInvitation, `${invitation.email} is invited again, with the same code`);
  return {
    undo,
    resend: () => move(resendInvitation, `Invitation to ${invitation.email} resent`),
    sendNew: () => move(sendNewInvitation, `New invitation for ${invitation.email} made`),
    allowLetters: (member: string) =>
      move(
        () => allowLettersToUser({ organization, member }),
        `Letters to ${invitation.email} are allowed again`,
      ),
    revoke: () => move(revokeInvitation, `Invitation to ${invitation.email} revoked`, undo),
    fetchText: async (shape: "code" | "link"): Promise<string> => {
      const result = await copyInvitation({ ...ref, shape });
      if (!result.ok) throw new Error(result.message);
      return result.value.text;
    },
  };
}
