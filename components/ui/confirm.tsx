"use client";

import { lazy, type ReactNode, type RefObject, Suspense, useState } from "react";

/** The machinery comes with the first question. */
const load = () => import("@/components/ui/confirm-popup");
const ConfirmPopup = lazy(load);

export type ConfirmProps = {
  open: boolean;
  close: () => void;
  /** The question, naming its object: "Block Lea Stein?". */
  title: string;
  /** What will happen. */
  description: ReactNode;
  /** What the button that does it says. */
  label: string;
  /** Does it. What was in the way comes back as a sentence, and the question stays; null: it is done. */
  onConfirm: () => Promise<string | null>;
  /** Where the focus goes once it is done, if what opened the question may be gone by then. */
  afterwards?: RefObject<HTMLElement | null> | undefined;
};

/** A question before something that cannot be taken back. The safe answer has the focus; afterwards it returns. */
export function Confirm(props: ConfirmProps) {
  const [opened, setOpened] = useState(props.open);
  if (props.open && !opened) setOpened(true);
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <ConfirmPopup {...props} />
    </Suspense>
  );
}

/** Fetches the machinery early, when a press is likely: on pointerenter or focus of what opens the question. */
export function preloadConfirm(): void {
  void load();
}
