"use client";

import { createContext, lazy, type ReactNode, type RefObject, Suspense, use, useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

/** The machinery of dialogs comes when the first one opens: it is half of what a page may weigh. */
const DialogPopup = lazy(() => import("@/components/ui/dialog-popup"));

const Closing = createContext<() => void>(() => {});

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  description?: ReactNode;
  /** Something was typed that closing would throw away: closing then asks first. */
  dirty?: boolean;
  /** Where focus goes first; otherwise to the first control inside. */
  initialFocus?: RefObject<HTMLElement | null>;
  /** Where focus goes afterwards, if what opened the dialog may be gone by then (a menu's item). */
  finalFocus?: RefObject<HTMLElement | null>;
  size?: "regular" | "wide";
  children: ReactNode;
};

/**
 * A modal dialog: traps focus and gives it back, closes with Escape, the cross, or a press outside, and asks before it
 * throws away typed input. Inside, `DialogBody` scrolls and `DialogActions` stays in sight; a form may hold both
 * (`<form className="dialog-form">`). Below 760 px it is a sheet from below.
 */
export function Dialog(props: DialogProps) {
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState(props.open);
  if (props.open && !opened) setOpened(true);
  if (!opened) return null;

  const close = () => {
    if (props.dirty) setAsking(true);
    else props.onOpenChange(false);
  };
  const discard = () => {
    setAsking(false);
    props.onOpenChange(false);
  };
  return (
    <Suspense fallback={null}>
      <DialogPopup {...props} close={close} asking={asking} keep={() => setAsking(false)} discard={discard}>
        <Closing value={close}>{props.children}</Closing>
      </DialogPopup>
    </Suspense>
  );
}

/** The part of a dialog that scrolls. */
export function DialogBody({ children }: { children: ReactNode }) {
  return <div className="dialog-body">{children}</div>;
}

/** The buttons of a dialog, the main one last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="dialog-actions">{children}</div>;
}

/** A button that closes the dialog it stands in, with the same question about typed input. */
export function DialogCancel({ children = "Cancel", ...rest }: Omit<ButtonProps, "onClick">) {
  const close = use(Closing);
  return (
    <Button {...rest} onClick={close}>
      {children}
    </Button>
  );
}

/** Fetches the machinery early, when a press is likely: on pointerenter or focus of what opens a dialog. */
export function preloadDialog(): void {
  void import("@/components/ui/dialog-popup");
}
