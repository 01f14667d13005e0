"use client";

import { type FormEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Milliseconds after which nobody waits for a sign of life any longer. */
const PATIENCE = 8_000;

/**
 * Keeps a list on screen while the server does not answer, and offers **Try again** (screens: Everywhere in the admin):
 * without it, a press on a column, a filter or a page would end on the browser's own page. Each link and each question asks
 * for a sign of life first, and goes its usual way once there is one.
 */
export function KeptList({ children }: { children: ReactNode }) {
  const [again, setAgain] = useState<(() => void) | null>(null);
  const [pending, setPending] = useState(false);
  const passed = useRef<EventTarget | null>(null);

  const attempt = async (target: HTMLAnchorElement | HTMLFormElement) => {
    setPending(true);
    const isThere = await hasAnswer();
    setPending(false);
    if (!isThere) return setAgain(() => () => void attempt(target));
    setAgain(null);
    // What was pressed may have been replaced while it waited.
    if (!target.isConnected) return;
    passed.current = target;
    if (target instanceof HTMLAnchorElement) target.click();
    else target.requestSubmit();
  };
  /** Holds an event back until there is a sign of life, and lets the one through that follows from it. */
  const hold = (event: MouseEvent | FormEvent, target: HTMLAnchorElement | HTMLFormElement) => {
    if (passed.current === target) {
      passed.current = null;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    void attempt(target);
  };
  return (
    <div
      onClickCapture={(event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        if (link && isPlain(event) && link.origin === location.origin && !link.target) hold(event, link);
      }}
      onSubmitCapture={(event) => {
        if (event.target instanceof HTMLFormElement && event.target.matches(".filters"))
          hold(event, event.target);
      }}
    >
      {again ? (
        <Notice
          tone="bad"
          announce
          title="The server does not answer"
          action={
            <Button size="small" onClick={again} aria-busy={pending}>
              Try again
            </Button>
          }
        >
          What you see is what was read before.
        </Notice>
      ) : null}
      {children}
    </div>
  );
}

/** A press that would lead on in this tab: not one for a new tab or window. */
function isPlain({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

async function hasAnswer(): Promise<boolean> {
  try {
    const { ok } = await fetch("/api/health", { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
    return ok;
  } catch {
    return false;
  }
}
