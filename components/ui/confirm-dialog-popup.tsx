"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { DialogActions, DialogBody } from "@/components/ui/dialog";
import styles from "@/components/ui/dialog.module.css";
import { FormError } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";

export type ConfirmDialogProps = {
  open: boolean;
  close: () => void;
  /** The question, naming its object: "Block Lea Stein?". */
  title: string;
  /** What will happen. */
  description: ReactNode;
  /** The label of the confirm button. */
  label: string;
  /**
   * Runs the action. Returns null on success, which closes the dialog, or an error message, which the dialog
   * shows.
   */
  onConfirm: () => Promise<string | null>;
  /** The element to focus after success, if the element that opened the dialog may be gone by then. */
  finalFocus?: RefObject<HTMLElement | null> | undefined;
};

/** Renders `ConfirmDialog` with Base UI. Loaded on demand. */
export default function ConfirmDialogPopup(props: ConfirmDialogProps) {
  const t = useTranslations();
  const { open, close, finalFocus, onConfirm, ...texts } = props;
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(false);
  const cancelButton = useRef<HTMLButtonElement>(null);
  const hasSucceeded = useRef(false);
  const handleOpenChange = (isOpening: boolean) => {
    if (isOpening || pending) return;
    setError(null);
    close();
  };
  const handleConfirm = async () => {
    setPending(true);
    const failure = await onConfirm();
    setPending(false);
    setError(failure);
    hasSucceeded.current = failure === null;
    if (failure === null) close();
  };
  return (
    <AlertDialog.Root
      open={open}
      onOpenChange={handleOpenChange}
      onOpenChangeComplete={() => {
        hasSucceeded.current = false;
      }}
    >
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.scrim} />
        <AlertDialog.Viewport className={styles.viewport}>
          <AlertDialog.Popup
            className={`${styles.dialog} ${styles.small}`}
            initialFocus={cancelButton}
            finalFocus={() => (hasSucceeded.current && finalFocus?.current) || true}
          >
            <div className={styles.header}>
              <AlertDialog.Title className={styles.title}>{texts.title}</AlertDialog.Title>
            </div>
            <AlertDialog.Description className={styles.description}>
              {texts.description}
            </AlertDialog.Description>
            {error ? (
              <DialogBody>
                <FormError>{error}</FormError>
              </DialogBody>
            ) : null}
            <DialogActions>
              <AlertDialog.Close ref={cancelButton} className={buttonClass()}>
                {t("common.cancel")}
              </AlertDialog.Close>
              <SubmitButton type="button" variant="danger" pending={pending} onClick={handleConfirm}>
                {texts.label}
              </SubmitButton>
            </DialogActions>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
