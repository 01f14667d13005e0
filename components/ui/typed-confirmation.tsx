"use client";

import { type ReactNode, type SubmitEvent, useState, useTransition } from "react";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  /** The text to type. */
  expected: string;
  /** Shown above the field: what will happen. */
  children: ReactNode;
  /** The label of the button. */
  actionLabel: string;
  /** Runs the action. Returns null on success, or an error message. */
  onConfirm: (typed: string) => Promise<string | null>;
};

/** Renders the contents of a dialog that requires typing a name before an action that cannot be undone. */
export function TypedConfirmation({ expected, children, actionLabel, onConfirm }: Props) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const handleSubmit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => setError(await onConfirm(typed)));
  };
  return (
    <form className="dialog-form" onSubmit={handleSubmit}>
      <DialogBody>
        <FormError>{error}</FormError>
        {children}
        <TextField
          label={
            <>
              Type <strong className="confirmation-text">{expected}</strong>
            </>
          }
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
      </DialogBody>
      <DialogActions>
        <DialogCancel />
        <SubmitButton pending={pending} variant="danger">
          {actionLabel}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}
