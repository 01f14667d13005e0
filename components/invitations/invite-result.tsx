"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { DialogActions, DialogBody } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { copyInvitation } from "@/lib/invitations/actions";
import type { Invited } from "@/lib/invitations/commands/invite";
import { INVITE_ANSWER_WORDS } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  invited: readonly Invited[];
  failed: readonly Invited[];
  hasProvider: boolean;
  done: () => void;
};

/** Who is invited now, and their links to copy: the main way on while no email provider is set (screens: New Invitation). */
export function InviteResult({ organization, invited, failed, hasProvider, done }: Props) {
  const toast = useToast();
  const heading = useRef<HTMLDivElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const copyAll = async () => {
    const lines: string[] = [];
    for (const { text, invitationId } of invited) {
      if (!invitationId) continue;
      const result = await copyInvitation({ organization, invitation: invitationId, shape: "link" });
      if (!result.ok) throw new Error(result.message);
      lines.push(`${text} ${result.value.text}`);
    }
    return lines.join("\n");
  };
  const again = invited.filter((one) => one.answer === "invited-again");
  return (
    <>
      <DialogBody>
        <div ref={heading} tabIndex={-1}>
          <Notice
            tone="ok"
            announce
            title={
              invited.length === 1 ? `${invited[0]?.text} is invited` : `${invited.length} people are invited`
            }
          >
            {hasProvider
              ? "Their letters are on the way. The list shows what becomes of each."
              : "No email provider is set, so no letter leaves this house. Copy the links and hand them over yourself."}
          </Notice>
        </div>
        {again.map((one) => (
          <p key={one.text}>
            {one.text}: {INVITE_ANSWER_WORDS[one.answer]}
          </p>
        ))}
        {failed.length > 0 ? <p>These were not invited; mend them and send again:</p> : null}
      </DialogBody>
      {failed.length > 0 ? null : (
        <DialogActions>
          <CopyButton
            label="Copy links"
            copy={copyAll}
            onFailed={(reason) =>
              toast({ title: "Not copied", text: reason instanceof Error ? reason.message : "", tone: "bad" })
            }
            variant={hasProvider ? "plain" : "primary"}
          >
            Copy links
          </CopyButton>
          <Button variant={hasProvider ? "primary" : "plain"} onClick={done}>
            Done
          </Button>
        </DialogActions>
      )}
    </>
  );
}
