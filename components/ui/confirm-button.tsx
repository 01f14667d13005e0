"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog, preloadConfirmDialog } from "@/components/ui/confirm-dialog";
import type { ConfirmDialogProps } from "@/components/ui/confirm-dialog-popup";

export type ConfirmButtonProps = {
  label: string;
  /** The question, naming its object. */
  dialogTitle: string;
  /** What will happen. */
  dialogDescription: string;
  /** Why the action is not possible now. */
  disabledReason?: string | undefined;
} & Pick<ConfirmDialogProps, "onConfirm" | "finalFocus">;

/** Renders a button for an action that is hard to undo: it asks for confirmation first. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, dialogTitle, dialogDescription, disabledReason, onConfirm, finalFocus } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="danger"
        disabledReason={disabledReason}
        onClick={() => setOpen(true)}
        onPointerEnter={preloadConfirmDialog}
        onFocus={preloadConfirmDialog}
      >
        {label}
      </Button>
      <ConfirmDialog
        open={open}
        close={() => setOpen(false)}
        title={dialogTitle}
        description={dialogDescription}
        label={label}
        onConfirm={onConfirm}
        finalFocus={finalFocus}
      />
    </>
  );
}
