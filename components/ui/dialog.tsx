"use client";

import { useTranslations } from "next-intl";
import { createContext, lazy, type ReactNode, Suspense, use, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { DialogProps } from "@/components/ui/dialog-popup";

/** Base UI Dialog is loaded when the first dialog opens: it is half of the script budget of a page. */
const DialogPopup = lazy(() => import("@/components/ui/dialog-popup"));

const CloseContext = createContext<() => void>(() => {});

/**
 * Renders a modal dialog: it traps and restores the focus, closes with Escape, its close button or a click
 * outside, and asks before it discards input. `DialogBody` scrolls and `DialogActions` stays visible; a form
 * can contain both. Below 760 px it is a bottom sheet.
 */
export function Dialog(props: DialogProps) {
  const [isDiscardOpen, setIsDiscardOpen] = useState(false);
  const [hasOpened, setHasOpened] = useState(props.open);
  if (props.open && !hasOpened) setHasOpened(true);
  if (!hasOpened) return null;

  const close = () => {
    if (props.dirty) setIsDiscardOpen(true);
    else props.onOpenChange(false);
  };
  const discard = () => {
    setIsDiscardOpen(false);
    props.onOpenChange(false);
  };
  return (
    <Suspense fallback={null}>
      <DialogPopup
        {...props}
        close={close}
        isDiscardOpen={isDiscardOpen}
        keepEditing={() => setIsDiscardOpen(false)}
        discard={discard}
      >
        <CloseContext value={close}>{props.children}</CloseContext>
      </DialogPopup>
    </Suspense>
  );
}

/** Renders the scrolling part of a dialog. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div data-slot="dialog-body">{children}</div>;
}

/** Renders the buttons of a dialog, the primary one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div data-slot="dialog-actions">{children}</div>;
}

/** Renders a button that closes its dialog, asking first if input would be discarded. */
export function DialogCancel({ children, ...rest }: Omit<ButtonProps, "onClick">) {
  const t = useTranslations();
  const close = use(CloseContext);
  return (
    <Button {...rest} onClick={close}>
      {children ?? t("common.cancel")}
    </Button>
  );
}

/** Preloads the dialog when a click is likely: on pointerenter or focus of the element that opens it. */
export function preloadDialog(): void {
  void import("@/components/ui/dialog-popup");
}
