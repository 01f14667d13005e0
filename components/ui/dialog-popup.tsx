"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog } from "@base-ui/react/dialog";
import X from "lucide-react/icons/x";
import { useRef } from "react";
import { buttonClass } from "@/components/ui/button";
import type { DialogProps } from "@/components/ui/dialog";

type Props = DialogProps & { close: () => void; asking: boolean; keep: () => void; discard: () => void };

/** What `Dialog` shows, on Base UI; loaded with the first dialog and by nothing else. */
export default function DialogPopup(props: Props) {
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => (open ? undefined : props.close())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Viewport className="dialog-viewport">
          <Dialog.Popup
            className={props.size === "wide" ? "dialog dialog-wide" : "dialog"}
            initialFocus={props.initialFocus}
            finalFocus={props.finalFocus}
          >
            <div className="dialog-head">
              <Dialog.Title className="dialog-title">{props.title}</Dialog.Title>
              <Dialog.Close className={`${buttonClass("quiet")} icon-button`} aria-label="Close">
                <X size={18} aria-hidden />
              </Dialog.Close>
            </div>
            {props.description ? (
              <Dialog.Description className="dialog-description">{props.description}</Dialog.Description>
            ) : null}
            {props.children}
            <Discard {...props} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The question before typed input is thrown away. */
function Discard({ asking, keep, discard }: Props) {
  const safe = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={asking} onOpenChange={(open) => (open ? undefined : keep())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="scrim" />
        <AlertDialog.Viewport className="dialog-viewport">
          <AlertDialog.Popup className="dialog dialog-small" initialFocus={safe}>
            <div className="dialog-head">
              <AlertDialog.Title className="dialog-title">Discard what you typed?</AlertDialog.Title>
            </div>
            <AlertDialog.Description className="dialog-description">
              It has not been sent.
            </AlertDialog.Description>
            <div className="dialog-actions">
              <button type="button" className={buttonClass("danger")} onClick={discard}>
                Discard
              </button>
              <AlertDialog.Close ref={safe} className={buttonClass("primary")}>
                Keep editing
              </AlertDialog.Close>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
