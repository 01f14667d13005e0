"use client";

import { type ReactNode, type RefObject, useState } from "react";
import { useInvitationMoves } from "@/components/invitations/use-invitation-moves";
import { Button } from "@/components/ui/button";
import { Confirm, preloadConfirm } from "@/components/ui/confirm";
import { leaveOrganization } from "@/lib/members/actions";
import { LEAVE_WORDS } from "@/lib/members/messages";

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

type EndingProps = {
  title: string;
  text: string;
  /** What is asked first, and what will happen. */
  question: string;
  consequence: string;
  /** Why it cannot be done now. */
  why?: string | undefined;
  onConfirm: () => Promise<string | null>;
  /** Where the focus goes once it is done. */
  afterwards: RefObject<HTMLElement | null>;
};

/** Something that is asked about before it is done. */
export function Ending({ title, text, question, consequence, why, ...confirm }: EndingProps) {
  const [asking, setAsking] = useState(false);
  return (
    <EndingRow title={title} text={text}>
      <Button
        variant="danger"
        disabledReason={why}
        onClick={() => setAsking(true)}
        onPointerEnter={preloadConfirm}
        onFocus={preloadConfirm}
      >
        {title}
      </Button>
      <Confirm
        {...confirm}
        open={asking}
        close={() => setAsking(false)}
        title={question}
        description={consequence}
        label={title}
      />
    </EndingRow>
  );
}

/** **Revoke invitation** acts at once; the message, and this page for ten minutes, offer **Undo** (R C6). */
export function Revoke(props: {
  organization: string;
  invitation: { id: string; email: string };
  why: string | undefined;
}) {
  const { revoke } = useInvitationMoves(props.organization, props.invitation);
  return (
    <EndingRow
      title="Revoke invitation"
      text="The link and the code are dead at once. You can undo that for ten minutes."
    >
      <Button variant="danger" disabledReason={props.why} onClick={revoke}>
        Revoke invitation
      </Button>
    </EndingRow>
  );
}

/** One's own place; the last Owner keeps theirs (R A4). */
export function Leave({
  organization: { slug, name },
  isLastOwner,
  afterwards,
}: {
  organization: { slug: string; name: string };
  isLastOwner: boolean;
  afterwards: RefObject<HTMLElement | null>;
}) {
  const leave = async () => {
    const result = await leaveOrganization({ organization: slug }).catch(() => null);
    if (!result) return "The server could not be reached. Nothing was changed; try again.";
    if (!result.ok) return result.message;
    window.location.assign("/");
    return null;
  };
  return (
    <Ending
      title="Leave organization"
      text={`You lose your place in ${name}; only a new invitation brings you back.`}
      question={`Leave ${name}?`}
      consequence="You are out by your next request, in every tab. Your access policies are gone, and only a new invitation brings you back."
      why={isLastOwner ? LEAVE_WORDS["last-owner"] : undefined}
      onConfirm={leave}
      afterwards={afterwards}
    />
  );
}
