"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, type MouseEvent, type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

/** Health-check timeout, in milliseconds. */
const HEALTH_CHECK_TIMEOUT = 8_000;

/**
 * Keeps a list on screen while the server is unreachable, and offers **Try again**. Without it, clicking a
 * column, filter or page would lead to the browser's error page. Links and filter submissions first check
 * that the server responds, and continue normally if it does.
 */
export function OfflineGuard({ children }: { children: ReactNode }) {
  const t = useTranslations();
  const [retry, setRetry] = useState<(() => void) | null>(null);
  const [pending, setPending] = useState(false);
  const allowedTarget = useRef<EventTarget | null>(null);

  const proceedIfReachable = async (target: HTMLAnchorElement | HTMLFormElement) => {
    setPending(true);
    const isReachable = await isServerReachable();
    setPending(false);
    if (!isReachable) return setRetry(() => () => void proceedIfReachable(target));
    setRetry(null);
    // The element may have been replaced during the check.
    if (!target.isConnected) return;
    allowedTarget.current = target;
    if (target instanceof HTMLAnchorElement) target.click();
    else target.requestSubmit();
  };
  /** Cancels an event and dispatches it again once the server is reachable; that second event passes. */
  const intercept = (event: MouseEvent | FormEvent, target: HTMLAnchorElement | HTMLFormElement) => {
    if (allowedTarget.current === target) {
      allowedTarget.current = null;
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    void proceedIfReachable(target);
  };
  return (
    <div
      onClickCapture={(event) => {
        const link = event.target instanceof Element ? event.target.closest("a") : null;
        if (link && isPlainClick(event) && link.origin === location.origin && !link.target)
          intercept(event, link);
      }}
      onSubmitCapture={(event) => {
        if (event.target instanceof HTMLFormElement && event.target.matches('[data-slot="filters"]'))
          intercept(event, event.target);
      }}
    >
      {retry ? (
        <Notice
          tone="bad"
          announce
          title={t("errors.unreachable.title")}
          action={
            <Button size="small" onClick={retry} aria-busy={pending}>
              {t("common.tryAgain")}
            </Button>
          }
        >
          {t("admin.table.offlineHint")}
        </Notice>
      ) : null}
      {children}
    </div>
  );
}

/** Returns whether a click would navigate in this tab, rather than open a new tab or window. */
function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}

async function isServerReachable(): Promise<boolean> {
  try {
    const { ok } = await fetch("/api/health", {
      cache: "no-store",
      signal: AbortSignal.timeout(HEALTH_CHECK_TIMEOUT),
    });
    return ok;
  } catch {
    return false;
  }
}
