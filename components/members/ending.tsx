"use client";

import type { ReactNode } from "react";
import { useInvitationMoves } from "@/components/invitations/use-invitation-moves";
import { AskingButton, type AskingProps } from "@/components/ui/asking-button";
import { Button } from "@/components/ui/button";

/** One thing that can be done: what it is called, what it does, and its button. */
export function EndingRow({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className="ending">
      <div>
        <h3>{title}</h3>
        <p>{text}</p>
      </div>
      {children}
    </div>
  );
}

type EndingProps = Omit<AskingProps, "label" | "size"> & {
  title: string;
  text: string;
};

/** Something that is asked about before it is done. What is in the way stands where it would say what it does. */
export function Ending({ title, text, ...asking }: EndingProps) {
  return (
    <EndingRow title={title} text={asking.why ?? text}>
      <AskingButton {...asking} label={title} />
    </EndingRow>
  );
}

/** **Revoke invitation** acts at once; the message, and this page for ten minutes, offer **Undo** (REQ-C6). */
export function Revoke(props: {
  organization: string;
  invitation: { id: string; email: string };
  why: string | undefined;
}) {
  const { revoke } = useInvitationMoves(props.organization, props.invitation);
  return (
    <EndingRow
      title="Revoke invitation"
      text={props.why ?? "The link and the code are dead at once. You can undo that for ten minutes."}
    >
      <Button variant="danger" disabledReason={props.why} onClick={revoke}>
        Revoke invitation
      </Button>
    </EndingRow>
  );
}
