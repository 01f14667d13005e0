"use client";

import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import { Confirm, preloadConfirm } from "@/components/ui/confirm";

export type AskingProps = {
  label: string;
  /** What is asked, naming its object, and what will happen. */
  question: string;
  consequence: string;
  /** Why it cannot be done now. */
  why?: string | undefined;
  /** Does it. What was in the way comes back as a sentence, and the question stays; null: it is done. */
  onConfirm: () => Promise<string | null>;
  /** Where the focus goes once it is done, if the button may be gone by then. */
  afterwards?: RefObject<HTMLElement | null> | undefined;
};

/** A button for what cannot simply be taken back: it asks first. */
export function AskingButton({ label, question, consequence, why, onConfirm, afterwards }: AskingProps) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        variant="danger"
        disabledReason={why}
        onClick={() => setAsking(true)}
        onPointerEnter={preloadConfirm}
        onFocus={preloadConfirm}
      >
        {label}
      </Button>
      <Confirm
        open={asking}
        close={() => setAsking(false)}
        title={question}
        description={consequence}
        label={label}
        onConfirm={onConfirm}
        afterwards={afterwards}
      />
    </>
  );
}
