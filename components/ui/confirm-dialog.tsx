"use client";

import { lazy, Suspense, useState } from "react";
import type { ConfirmDialogProps } from "@/components/ui/confirm-dialog-popup";

/** Base UI is loaded with the first dialog. */
const load = () => import("@/components/ui/confirm-dialog-popup");
const ConfirmDialogPopup = lazy(load);

/**
 * Asks for confirmation before an action that is hard to undo. Focuses Cancel first, and returns the focus
 * when it closes.
 */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [hasOpened, setHasOpened] = useState(props.open);
  if (props.open && !hasOpened) setHasOpened(true);
  if (!hasOpened) return null;
  return (
    <Suspense fallback={null}>
      <ConfirmDialogPopup {...props} />
    </Suspense>
  );
}

/** Preloads the dialog when a click is likely: on pointerenter or focus of the element that opens it. */
export function preloadConfirmDialog(): void {
  void load();
}
