"use client";

import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import layoutStyles from "@/components/ui/layout.module.css";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { copyInvitationAction } from "@/lib/admin/invitation-actions";
import type { InviteeResult } from "@/lib/invitations/commands/invite";
import { INVITEE_STATUS_MESSAGES } from "@/lib/invitations/messages";

type Props = {
  organization: string;
  invited: readonly InviteeResult[];
  hasProvider: boolean;
  /** True if some addresses were not invited and stay in the form below. */
  hasFailures: boolean;
};

/**
 * The people who were invited, and their links to copy, which is the main action while email isn't set up.
 */
export function InviteResult({ organization, invited, hasProvider, hasFailures }: Props) {
  const toast = useToast();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => container.current?.focus(), []);
  const copyAll = async () => {
    const lines: string[] = [];
    for (const { text, invitationId } of invited) {
      if (!invitationId) continue;
      const result = await copyInvitationAction({ organization, invitation: invitationId, shape: "link" });
      if (!result.ok) throw new Error(result.message);
      lines.push(`${text} ${result.value.text}`);
    }
    return lines.join("\n");
  };
  const invitedAgain = invited.filter(({ status }) => status === "invited-again");
  return (
    <div ref={container} tabIndex={-1} className={layoutStyles.stack}>
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
              toast({
                title: "Not copied",
                description: reason instanceof Error ? reason.message : "",
                tone: "bad",
              })
            }
            variant={hasProvider ? "plain" : "primary"}
          >
            {invited.length === 1 ? "Copy link" : "Copy links"}
          </CopyButton>
        }
      >
        {hasProvider
          ? "Emails are queued. Track delivery in the list."
          : "Email isn't set up, so nothing was sent. Copy the links and share them yourself."}
        {invitedAgain.map(({ text, status }) => (
          <p key={text}>
            {text}: {INVITEE_STATUS_MESSAGES[status]}
          </p>
        ))}
      </Notice>
      {hasFailures ? <p>These weren't invited. Fix them and try again:</p> : null}
    </div>
  );
}
