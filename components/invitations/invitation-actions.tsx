"use client";

import { useState } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyDialog } from "@/components/ui/copy-dialog";
import { copyText } from "@/components/ui/copy-text";
import { Menu } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { copyInvitation } from "@/lib/invitations/actions";

type Props = {
  organization: string;
  invitation: { id: string; email: string; pending: boolean };
  mayCopy: boolean;
  /** Users has only the menu. */
  menuOnly?: boolean;
};

/** The copy button and the ••• of a row. What cannot be done says why (screens: Invitations). */
export function InvitationActions({ organization, invitation, mayCopy, menuOnly }: Props) {
  const toast = useToast();
  const [byHand, setByHand] = useState<string | null>(null);
  const fetchText = async (shape: "code" | "link") => {
    const result = await copyInvitation({ organization, invitation: invitation.id, shape });
    if (!result.ok) throw new Error(result.message);
    return result.value.text;
  };
  const failed = (reason: unknown) =>
    toast({
      title: "Not copied",
      text: reason instanceof Error ? reason.message : "Try again.",
      tone: "bad",
    });
  const copy = async (shape: "code" | "link") => {
    try {
      const { copied, text } = await copyText(() => fetchText(shape));
      if (copied)
        toast({ title: shape === "link" ? "Invitation link copied" : "Invitation code copied", tone: "ok" });
      else setByHand(text);
    } catch (reason) {
      failed(reason);
    }
  };
  const disabledReason = !mayCopy
    ? "You need the permission invitations:copy_link"
    : invitation.pending
      ? undefined
      : "Only a pending invitation can be copied";
  return (
    <span className="row-actions">
      {menuOnly ? null : (
        <CopyButton
          label={`Copy invitation code for ${invitation.email}`}
          copy={() => fetchText("code")}
          onFailed={failed}
          disabledReason={disabledReason}
        />
      )}
      <Menu
        label={`Actions for ${invitation.email}`}
        items={[
          { label: "Copy invitation link", onSelect: () => copy("link"), disabledReason },
          { label: "Copy invitation code", onSelect: () => copy("code"), disabledReason },
        ]}
      />
      <CopyDialog text={byHand} close={() => setByHand(null)} />
    </span>
  );
}
