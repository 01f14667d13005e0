"use client";

import { type ReactNode, type SubmitEvent, useState, useTransition } from "react";
import { DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

type Props = {
  /** What is to be typed, to show that it is meant. */
  name: string;
  /** What happens then, above the field. */
  children: ReactNode;
  /** The words on the button. */
  action: string;
  /** Does it; answers what went wrong, or null once it is done. */
  run: (typed: string) => Promise<string | null>;
};

/** The inside of a dialog that asks for a name before something that cannot be undone. */
export function TypedConfirmation({ name, children, action, run }: Props) {
  const [typed, setTyped] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    start(async () => setError(await run(typed)));
  };
  return (
    <form className="dialog-form" onSubmit={send}>
      <DialogBody>
        <FormError>{error}</FormError>
        {children}
        <TextField
          label={
            <>
              Type <strong className="to-type">{name}</strong>
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
          {action}
        </SubmitButton>
      </DialogActions>
    </form>
  );
}
