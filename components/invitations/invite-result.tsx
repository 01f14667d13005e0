"use client";

import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { copyInvitation } from "@/lib/admin/invitation-actions";
import type { Invited } from "@/lib/invitations/commands/invite";
import { INVITE_ANSWER_MESSAGES } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  invited: readonly Invited[];
  hasProvider: boolean;
  /** Others failed and stay in the form below. */
  someFailed: boolean;
};

/** Who is invited now, and their links to copy: the main way on while no email provider is set (screens: New Invitation). */
export function InviteResult({ organization, invited, hasProvider, someFailed }: Props) {
  const toast = useToast();
  const news = useRef<HTMLDivElement>(null);
  useEffect(() => news.current?.focus(), []);
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
    <div ref={news} tabIndex={-1} className="stack">
      <Notice
        tone="ok"
        announce
        title={
          invited.length === 1 ? `${invited[0]?.text} is invited` : `${invited.length} people are invited`
        }
        action={
          <CopyButton
            label="Copy links"
            copy={copyAll}
            onFailed={(reason) =>
              toast({ title: "Not copied", text: reason instanceof Error ? reason.message : "", tone: "bad" })
            }
            variant={hasProvider ? "plain" : "primary"}
          >
            {invited.length === 1 ? "Copy link" : "Copy links"}
          </CopyButton>
        }
      >
        {hasProvider
          ? "Their letters are on the way. The list shows what becomes of each."
          : "No email provider is set, so no letter was sent. Copy the links and hand them over yourself."}
        {again.map((one) => (
          <p key={one.text}>
            {one.text}: {INVITE_ANSWER_MESSAGES[one.answer]}
          </p>
        ))}
      </Notice>
      {someFailed ? <p>These were not invited. Mend them and send again:</p> : null}
    </div>
  );
}
