"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import layoutStyles from "@/components/ui/layout.module.css";
import { Notice } from "@/components/ui/notice";
import { useToast } from "@/components/ui/toast";
import { copyInvitationAction } from "@/lib/admin/invitation-actions";
import type { InviteeResult } from "@/lib/invitations/commands/invite";

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
  const t = useTranslations();
  const toast = useToast();
  const container = useRef<HTMLDivElement>(null);
  useEffect(() => container.current?.focus(), []);
  const copyAll = async () => {
    const lines: string[] = [];
    for (const { text, invitationId } of invited) {
      if (!invitationId) continue;
      const result = await copyInvitationAction({
        organization,
        invitation: invitationId,
        shape: "link",
      }).catch(() => null);
      if (!result?.ok) throw new Error(result?.message ?? t("errors.actions.unreachable"));
      lines.push(`${text} ${result.value.text}`);
    }
    return lines.join("\n");
  };
  const copyLabel = t("admin.invitations.invite.result.copyLinks", { count: invited.length });
  const invitedAgain = invited.filter(({ status }) => status === "invited-again");
  return (
    <div ref={container} tabIndex={-1} className={layoutStyles.stack}>
      <Notice
        tone="ok"
        announce
        title={t("admin.invitations.invite.result.title", {
          count: invited.length,
          email: invited[0]?.text ?? "",
        })}
        action={
          <CopyButton
            label={copyLabel}
            copy={copyAll}
            onFailed={(reason) =>
              toast({
                title: t("admin.invitations.toasts.copyFailed"),
                description: reason instanceof Error ? reason.message : t("errors.actions.unreachable"),
                tone: "bad",
              })
            }
            variant={hasProvider ? "plain" : "primary"}
          >
            {copyLabel}
          </CopyButton>
        }
      >
        {hasProvider
          ? t("admin.invitations.invite.result.queued")
          : t("admin.invitations.invite.result.notSent", { count: invited.length })}
        {invitedAgain.map(({ text }) => (
          <p key={text}>{t("admin.invitations.invite.result.invitedAgain", { email: text })}</p>
        ))}
      </Notice>
      {hasFailures ? <p>{t("admin.invitations.invite.result.failures")}</p> : null}
    </div>
  );
}
