"use client";

import { type RefObject, useRef } from "react";
import { Dialog, DialogActions, DialogBody, DialogCancel } from "@/components/ui/dialog";
import { TextField } from "@/components/ui/field";
import fieldStyles from "@/components/ui/field.module.css";

type Props = { text: string | null; close: () => void; finalFocus?: RefObject<HTMLElement | null> };

/**
 * Shows text that could not be copied, selected for copying by keyboard. Closed while `text` is null
 * (docs/ui-rules.md).
 */
export function CopyDialog({ text, close, finalFocus }: Props) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <Dialog
      open={text !== null}
      onOpenChange={close}
      title="Copy it by hand"
      description="This page has no access to the clipboard. The text is selected: press Ctrl+C, or ⌘C on a Mac."
      initialFocus={field}
      {...(finalFocus ? { finalFocus } : {})}
    >
      <DialogBody>
        <TextField
          ref={field}
          label="To copy"
          readOnly
          value={text ?? ""}
          className={fieldStyles.code}
          onFocus={(event) => event.currentTarget.select()}
        />
      </DialogBody>
      <DialogActions>
        <DialogCancel variant="primary">Done</DialogCancel>
      </DialogActions>
    </Dialog>
  );
}
