"use client";

import RotateCw from "lucide-react/icons/rotate-cw";
import { useState } from "react";
import { useInvitationMoves } from "@/components/invitations/use-invitation-moves";
import { IconButton } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { CopyDialog } from "@/components/ui/copy-dialog";
import { copyText } from "@/components/ui/copy-text";
import { Menu } from "@/components/ui/menu";
import { useToast } from "@/components/ui/toast";
import { hindrance, type InvitationStatus, type Move } from "@/lib/invitations/status";
import type { Stop } from "@/lib/mail/bounces";
import type { Permission } from "@/lib/permissions/permissions";

/** An invitation as far as its menu is concerned. */
export type ActionTarget = {
  id: string;
  email: string;
  status: InvitationStatus;
  resendCount: number;
  resendLimit: number;
  memberId: string;
  emailSuppression: Stop | null;
};

const NEEDS = {
  copy: "invitations:copy_link",
  resend: "invitations:resend",
  renew: "invitations:create",
  revoke: "invitations:revoke",
} as const satisfies Partial<Record<Move, Permission>>;
const TO_ALLOW = "users:update" satisfies Permission;

/** What the actor holds of the permissions that the menu needs. */
export type MayDo = Record<(typeof NEEDS)[keyof typeof NEEDS] | typeof TO_ALLOW, boolean>;

type Props = {
  organization: string;
  invitation: ActionTarget;
  may: MayDo;
  /** Users has only the menu. */
  menuOnly?: boolean;
};

/** The copy and resend buttons and the ••• of a row (REQ-C2). What cannot be done stays in reach and says why. */
export function InvitationActions({ organization, invitation, may, menuOnly }: Props) {
  const toast = useToast();
  const [byHand, setByHand] = useState<string | null>(null);
  const moves = useInvitationMoves(organization, invitation);
  const failed = (reason: unknown) =>
    toast({
      title: "Not copied",
      text: reason instanceof Error ? reason.message : "Try again.",
      tone: "bad",
    });
  const copy = async (shape: "code" | "link") => {
    try {
      const { copied, text } = await copyText(() => moves.fetchText(shape));
      if (copied)
        toast({ title: shape === "link" ? "Invitation link copied" : "Invitation code copied", tone: "ok" });
      else setByHand(text);
    } catch (reason) {
      failed(reason);
    }
  };
  const why = (move: keyof typeof NEEDS) =>
    may[NEEDS[move]] ? hindrance(move, invitation) : `You need the permission ${NEEDS[move]}`;
  return (
    <span className="row-actions">
      {menuOnly ? null : (
        <>
          <CopyButton
            label={`Copy invitation code for ${invitation.email}`}
            copy={() => moves.fetchText("code")}
            onFailed={failed}
            disabledReason={why("copy")}
          />
          <IconButton
            label={`Resend invitation to ${invitation.email}`}
            icon={<RotateCw size={16} aria-hidden />}
            disabledReason={why("resend")}
            onClick={moves.resend}
          />
        </>
      )}
      <Menu
        label={`Actions for ${invitation.email}`}
        items={[
          { label: "Copy invitation link", onSelect: () => copy("link"), disabledReason: why("copy") },
          { label: "Copy invitation code", onSelect: () => copy("code"), disabledReason: why("copy") },
          null,
          { label: "Resend invitation link", onSelect: moves.resend, disabledReason: why("resend") },
          { label: "Send new invitation", onSelect: moves.sendNew, disabledReason: why("renew") },
          ...(invitation.emailSuppression
            ? [
                {
                  label: "Allow letters again",
                  onSelect: () => moves.allowLetters(invitation.memberId),
                  disabledReason: may[TO_ALLOW] ? undefined : `You need the permission ${TO_ALLOW}`,
                },
              ]
            : []),
          null,
          { label: "Revoke invitation", onSelect: moves.revoke, disabledReason: why("revoke"), danger: true },
        ]}
      />
      <CopyDialog text={byHand} close={() => setByHand(null)} />
    </span>
  );
}
