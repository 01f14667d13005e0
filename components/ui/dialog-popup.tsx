"use client";

import { AlertDialog } from "@base-ui/react/alert-dialog";
import { Dialog } from "@base-ui/react/dialog";
import X from "lucide-react/icons/x";
import { useTranslations } from "next-intl";
import { type ReactNode, type RefObject, useRef } from "react";
import { buttonClass, iconButtonClass } from "@/components/ui/button";
import styles from "@/components/ui/dialog.module.css";

/** The texts of the question before a dialog closes: `confirm` closes it, `keep` keeps it open. */
export type CloseQuestion = { title: string; description: string; confirm: string; keep: string };

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** True if closing would discard input; the dialog then asks first. */
  dirty?: boolean;
  /** What it asks, if that is not about unsaved changes. */
  question?: CloseQuestion | undefined;
  /** The element to focus first; by default the first control inside. */
  initialFocus?: RefObject<HTMLElement | null>;
  /**
   * The element to focus after closing, if the element that opened the dialog may be gone (such as a menu
   * item).
   */
  finalFocus?: RefObject<HTMLElement | null>;
  size?: "regular" | "wide";
  children: ReactNode;
};

type Props = DialogProps & {
  close: () => void;
  isDiscardOpen: boolean;
  keepEditing: () => void;
  discard: () => void;
};

/** Renders `Dialog` with Base UI. Loaded on demand. */
export default function DialogPopup(props: Props) {
  const t = useTranslations();
  return (
    <Dialog.Root open={props.open} onOpenChange={(open) => (open ? undefined : props.close())}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.scrim} />
        <Dialog.Viewport className={styles.viewport}>
          <Dialog.Popup
            className={props.size === "wide" ? `${styles.dialog} ${styles.wide}` : styles.dialog}
            initialFocus={props.initialFocus}
            finalFocus={props.finalFocus}
          >
            <div className={styles.header}>
              <Dialog.Title className={styles.title}>{props.title}</Dialog.Title>
              <Dialog.Close className={iconButtonClass()} aria-label={t("common.close")}>
                <X size={18} aria-hidden />
              </Dialog.Close>
            </div>
            {props.description ? (
              <Dialog.Description className={styles.description}>{props.description}</Dialog.Description>
            ) : null}
            {props.children}
            <DiscardDialog {...props} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Asks before discarding input. */
function DiscardDialog({ isDiscardOpen, keepEditing, discard, question }: Props) {
  const t = useTranslations();
  const { title, description, confirm, keep } = question ?? {
    title: t("ui.discard.title"),
    description: t("ui.discard.description"),
    confirm: t("ui.discard.confirm"),
    keep: t("ui.discard.keep"),
  };
  const keepButton = useRef<HTMLButtonElement>(null);
  return (
    <AlertDialog.Root open={isDiscardOpen} onOpenChange={(open) => (open ? undefined : keepEditing())}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles.scrim} />
        <AlertDialog.Viewport className={styles.viewport}>
          <AlertDialog.Popup className={`${styles.dialog} ${styles.small}`} initialFocus={keepButton}>
            <div className={styles.header}>
              <AlertDialog.Title className={styles.title}>{title}</AlertDialog.Title>
            </div>
            <AlertDialog.Description className={styles.description}>{description}</AlertDialog.Description>
            <div data-slot="dialog-actions">
              <button type="button" className={buttonClass("danger")} onClick={discard}>
                {confirm}
              </button>
              <AlertDialog.Close ref={keepButton} className={buttonClass("primary")}>
                {keep}
              </AlertDialog.Close>
            </div>
          </AlertDialog.Popup>
        </AlertDialog.Viewport>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
