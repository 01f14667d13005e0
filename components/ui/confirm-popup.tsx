"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import type { ConfirmProps } from "@/components/ui/confirm";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

/** What `Confirm` shows, on Base UI; loaded with the first question and by nothing else. */
export default function ConfirmPopup({ open, close, afterwards, onConfirm, ...words }: ConfirmProps) {
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const safe = useRef<HTMLButtonElement>(null);
  const done = useRef(false);
  const change = (opens: boolean) => {
    if (opens || pending) return;
    setError(null);
    close();
  };
  const confirm = async () => {
    setPending(true);
    const problem = await onConfirm();
    setPending(false);
    setError(problem);
    done.current = problem === null;
    if (problem === null) close();
  };
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={change}
      onOpenChangeComplete={() => {
        done.current = false;
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Viewport className="dialog-viewport">
          <AlertDialog.Popup
            className="dialog dialog-small"
            initialFocus={safe}
            finalFocus={() => (done.current && afterwards?.current) || true}
          >
            <div className="dialog-head">
              <AlertDialog.Title className="dialog-title">{words.title}</AlertDialog.Title>
            </div>
            <AlertDialog.Description className="dialog-description">
              {words.description}
            </AlertDialog.Description>
            {error ? (
              <div className="dialog-body">
                <FormError>{error}</FormError>
              </div>
            ) : null}
            <div className="dialog-actions">
              <AlertDialog.Close ref={safe} className={buttonClass()}>
                Cancel
              </AlertDialog.Close>
              <SubmitButton type="button" variant="danger" pending={pending} onClick={confirm}>
                {words.label}
              </SubmitButton>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
